package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Key;
import io.warmfold.ledger.MemoryTable;
import io.warmfold.ledger.Table;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A table in memory that counts what is asked of it. */
final class CountingTable implements Table {

  private final MemoryTable table = new MemoryTable();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger largest = new AtomicInteger();
  private final AtomicLong read = new AtomicLong();
  private final AtomicInteger written = new AtomicInteger();

  /** Writes whose conditions did not hold. */
  int refused() {
    return refused.get();
  }

  /** The size of the largest item written, in bytes of JSON. */
  int largest() {
    return largest.get();
  }

  /** Read units of DynamoDB: 4 KB each, strongly consistent, a query rounded up as a whole. */
  long readUnits() {
    return read.get();
  }

  /** Items written, or tried to. */
  int written() {
    return written.get();
  }

  void reset() {
    written.set(0);
    refused.set(0);
    largest.set(0);
    read.set(0);
  }

  @Override
  public Optional<ObjectNode> get(Key key) {
    var item = table.get(key);
    read.addAndGet(units(item.map(found -> found.toString().length()).orElse(1)));
    return item;
  }

  @Override
  public List<ObjectNode> query(String partition, String from, String to) {
    var items = table.query(partition, from, to);
    read.addAndGet(units(items.stream().mapToLong(item -> item.toString().length()).sum()));
    return items;
  }

  private static long units(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, 4096));
  }

  @Override
  public boolean write(List<Write> writes) {
    written.addAndGet(writes.size());
    for (var write : writes) {
      if (write instanceof Write.Put put) {
        largest.accumulateAndGet(put.item().toString().length(), Math::max);
      }
    }
    var written = table.write(writes);
    if (!written) {
      refused.incrementAndGet();
    }
    return written;
  }

  @Override
  public List<ObjectNode> active() {
    return table.active();
  }
}
