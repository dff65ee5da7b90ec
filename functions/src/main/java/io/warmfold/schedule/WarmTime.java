package io.warmfold.schedule;

import io.warmfold.study.FoldOutcome;
import io.warmfold.study.Trial;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long instances waited warm, reckoned from when folds began and ended: a fold that begins
 * takes the instance that a fold has left last, if its pool is still there. Instances that no fold
 * has taken yet count as long as the others waited on average.
 *
 * @param total seconds of all folds so far
 * @param each seconds after a fold
 */
record WarmTime(double total, double each) {

  /** Nothing waits. */
  static final WarmTime NONE = new WarmTime(0, 0);

  /** Seconds from fold to fold while none is known: a lane's way through its functions. */
  private static final double FIRST_GUESS = 10;

  /**
   * @param keepAliveSeconds how long a pool lasts; 0 if there is none
   */
  static WarmTime of(List<Trial> trials, int keepAliveSeconds) {
    if (keepAliveSeconds == 0) {
      return NONE;
    }
    long[] begins =
        outcomes(trials)
            .mapToLong(fold -> fold.endedAt().getEpochSecond() - fold.seconds())
            .sorted()
            .toArray();
    long[] ends =
        outcomes(trials).mapToLong(fold -> fold.endedAt().getEpochSecond()).sorted().toArray();
    var left = new ArrayDeque<Long>();
    int ended = 0;
    int taken = 0;
    long waited = 0;
    for (long begin : begins) {
      while (ended < ends.length && ends[ended] <= begin) {
        left.push(ends[ended++]);
      }
      if (!left.isEmpty() && begin - left.peek() <= keepAliveSeconds) {
        waited += begin - left.pop();
        taken++;
      }
    }
    double each = taken == 0 ? Math.min(FIRST_GUESS, keepAliveSeconds) : (double) waited / taken;
    return new WarmTime(waited + each * (ends.length - taken), each);
  }

  private static Stream<FoldOutcome> outcomes(List<Trial> trials) {
    return trials.stream().flatMap(trial -> trial.outcomes().values().stream());
  }
}
