package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Key;
import io.warmfold.ledger.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A table in this process that names each call as {@code DynamoDbTable} would make it. */
final class ObservedTable implements Table {

  private final Table table;
  private final Consumer<String> observer;

  /**
   * @param observer hears of the operation of each call
   */
  ObservedTable(Table table, Consumer<String> observer) {
    this.table = table;
    this.observer = observer;
  }

  @Override
  public Optional<ObjectNode> get(Key key) {
    observer.accept("GetItem");
    return table.get(key);
  }

  @Override
  public List<Optional<ObjectNode>> getAll(List<Key> keys) {
    observer.accept("BatchGetItem");
    return table.getAll(keys);
  }

  @Override
  public List<ObjectNode> query(String partition, String from, String to) {
    if (from.compareTo(to) <= 0) {
      observer.accept("Query");
    }
    return table.query(partition, from, to);
  }

  @Override
  public boolean write(List<Write> writes) {
    observer.accept(
        writes.size() > 1
            ? "TransactWriteItems"
            : switch (writes.getFirst()) {
              case Write.Put put -> "PutItem";
              case Write.Update update -> "UpdateItem";
              case Write.Delete delete -> "DeleteItem";
              case Write.Check check -> "TransactWriteItems";
            });
    return table.write(writes);
  }

  @Override
  public List<ObjectNode> active() {
    observer.accept("Query");
    return table.active();
  }
}
