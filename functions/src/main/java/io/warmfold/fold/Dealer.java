package io.warmfold.fold;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Deals rows to the shards in blocks of K of one stratum each: the rows of a block go to the K
 * shards by a permutation. What does not fill a block is kept back, so that it can be dealt with
 * what others kept back. Holds fewer than K rows of each stratum. Not safe for use by several
 * threads.
 */
final class Dealer {

  /** The part number of the merged leftovers. */
  static final int LEFTOVERS = -1;

  /** The part number of the shard at which the last incomplete blocks start. */
  private static final int ROUND = -2;

  private static final long LAST_BLOCK = -1;
  private static final long MOST_HELD_BYTES = 256L << 20;

  /** Takes the rows of each shard. */
  interface Sink {
    void write(int shard, byte[] bytes, int from, int count) throws IOException;
  }

  /** The rows of a stratum that wait for their block to fill. */
  private static final class Block {
    private final String name;
    private final long coordinate;
    private final int[] ends;
    private final int[] classes;
    private byte[] bytes = new byte[0];
    private int count;
    private long number;

    Block(String name, int folds) {
      this.name = name;
      this.coordinate = Shuffle.stratum(name);
      this.ends = new int[folds];
      this.classes = new int[folds];
    }

    int from(int row) {
      return row == 0 ? 0 : ends[row - 1];
    }
  }

  private final Shuffle shuffle;
  private final int part;
  private final int folds;
  private final Sink sink;
  private final Tally taken = new Tally(1);
  private final Tally tally;
  private final List<Block> blocks = new ArrayList<>();
  private final int[] order;
  private long heldBytes;

  Dealer(Shuffle shuffle, int part, int folds, Sink sink) {
    this.shuffle = shuffle;
    this.part = part;
    this.folds = folds;
    this.sink = sink;
    this.tally = new Tally(folds);
    this.order = new int[folds];
  }

  /** The number of strata so far. */
  int strata() {
    return blocks.size();
  }

  /** Makes the next stratum known; its number is the count of those before. */
  void addStratum(String name) {
    blocks.add(new Block(name, folds));
  }

  /**
   * Takes the current row.
   *
   * @param stratum its stratum's number
   * @param rowClass its class's number, or -1 if classes are not counted
   */
  void take(CsvRows row, int stratum, int rowClass, String object) throws IOException {
    Block block = blocks.get(stratum);
    int from = block.from(block.count);
    int wanted = from + row.length();
    if (wanted > block.bytes.length) {
      grow(block, wanted, row, object);
    }
    block.ends[block.count] = row.copyTo(block.bytes, from);
    block.classes[block.count] = rowClass;
    taken.add(0, rowClass);
    if (++block.count == folds) {
      shuffle.permute(part, block.coordinate, block.number++, order, folds);
      for (int i = 0; i < folds; i++) {
        give(block, i, order[i]);
      }
      block.count = 0;
    }
  }

  private void grow(Block block, int wanted, CsvRows row, String object) {
    int size = Math.max(wanted, 2 * block.bytes.length);
    heldBytes += size - block.bytes.length;
    if (heldBytes > MOST_HELD_BYTES) {
      throw DataProblem.at(
          object,
          row.line(),
          blocks.size()
              + " classes of rows so long that "
              + folds
              + " of each take more than "
              + (MOST_HELD_BYTES >> 20)
              + " MiB",
          "fewer classes or shorter rows under StratifiedKFold, or the splitter KFold");
    }
    block.bytes = Arrays.copyOf(block.bytes, size);
  }

  private void give(Block block, int row, int shard) throws IOException {
    int from = block.from(row);
    sink.write(shard, block.bytes, from, block.ends[row] - from);
    tally.add(shard, block.classes[row]);
  }

  /**
   * Deals the incomplete blocks, which evens out both sizes and classes: they go round the shards
   * one after the other, as scikit-learn's StratifiedKFold allocates, from a shard that the seed
   * chooses. A block is shorter than a round, so no shard gets two rows of it; and all together
   * fill rounds, so no shard gets two rows more than another.
   */
  void dealRest() throws IOException {
    List<Block> sorted = new ArrayList<>(blocks);
    sorted.sort(Comparator.comparing(block -> block.name));
    int shard = shuffle.choose(ROUND, 0, 0, folds);
    for (Block block : sorted) {
      shuffle.permute(part, block.coordinate, LAST_BLOCK, order, block.count);
      for (int i = 0; i < block.count; i++) {
        give(block, i, (shard + order[i]) % folds);
      }
      shard = (shard + block.count) % folds;
      block.count = 0;
    }
  }

  /** Writes the rows of the incomplete blocks instead, and gives their number. */
  long keepRest(ObjectWriter leftovers) throws IOException {
    long rows = 0;
    for (Block block : blocks) {
      leftovers.write(block.bytes, 0, block.from(block.count));
      rows += block.count;
    }
    return rows;
  }

  /** The rows taken so far, dealt or not, as if for one shard. */
  Tally taken() {
    return taken;
  }

  /** The rows dealt so far. */
  Tally tally() {
    return tally;
  }
}
