package io.warmfold.fold;

import java.util.ArrayList;
import java.util.List;

/** Counts rows by shard, and by shard and class. Not safe for use by several threads. */
final class Tally {

  private final int folds;
  private final long[] rows;
  private final List<long[]> classes = new ArrayList<>();

  Tally(int folds) {
    this.folds = folds;
    this.rows = new long[folds];
  }

  /**
   * @param rowClass the class's number, or -1 if classes are not counted
   */
  void add(int shard, int rowClass) {
    rows[shard]++;
    if (rowClass >= 0) {
      while (classes.size() <= rowClass) {
        classes.add(new long[folds]);
      }
      classes.get(rowClass)[shard]++;
    }
  }

  long rows(int shard) {
    return rows[shard];
  }

  /** The rows of a class, by shard. */
  List<Long> ofClass(int rowClass) {
    List<Long> counts = new ArrayList<>(folds);
    for (int shard = 0; shard < folds; shard++) {
      counts.add(rowClass < classes.size() ? classes.get(rowClass)[shard] : 0L);
    }
    return counts;
  }
}
