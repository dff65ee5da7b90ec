package io.warmfold.schedule;

import io.warmfold.study.FoldOutcome;
import io.warmfold.study.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a limit of time still allows, by the folds seen so far. Pure. */
public final class Deadline {

  private Deadline() {}

  /**
   * The folds that can be over, one after the other, early enough for the final training to be over
   * as well. A fold takes as long as nine of ten have taken, and the final training longer by the
   * share of rows that a fold holds out. Without a fold to go by, there is no limit before the
   * deadline.
   *
   * @param folds K, at least 2
   */
  public static Allowance allowance(Instant deadline, List<Trial> trials, int folds, Instant now) {
    var seconds = foldSeconds(trials);
    if (seconds.length == 0) {
      return Allowance.UNLIMITED;
    }
    double fold = Math.max(1, seconds[(int) (0.9 * (seconds.length - 1))]);
    double left = Duration.between(now, deadline).toMillis() / 1000.0 - fold * folds / (folds - 1);
    return new Allowance(Math.clamp((long) (left / fold), 0, Integer.MAX_VALUE), Integer.MAX_VALUE);
  }

  /** What the folds that have a score took, from creation to end, the shortest first. */
  public static long[] foldSeconds(List<Trial> trials) {
    return trials.stream()
        .flatMap(trial -> trial.outcomes().values().stream())
        .filter(FoldOutcome.Scored.class::isInstance)
        .mapToLong(outcome -> ((FoldOutcome.Scored) outcome).seconds())
        .sorted()
        .toArray();
  }
}
