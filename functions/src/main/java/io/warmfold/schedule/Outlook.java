package io.warmfold.schedule;

import io.warmfold.study.FoldOutcome;
import io.warmfold.study.Trial;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * When the folds in flight may be over, by how long those before them took. Pure.
 *
 * <p>A fold that has run for some time is expected to go on for as long as half of those that took
 * longer did. One that outlasts all of them is expected to take a quarter of its time again.
 */
public final class Outlook {

  /** So late the end of a fold may be known. A fold is not taken for a long one before. */
  private static final double NEWS = 5;

  // Seconds until the end of each fold in flight, the soonest first.
  private final double[] remaining;

  private Outlook(double[] remaining) {
    this.remaining = remaining;
  }

  /**
   * The outlook of a study.
   *
   * @param ages how many seconds ago the folds in flight began
   * @param seconds what folds took, the shortest first; if there are none, nothing is known
   */
  public static Outlook of(Collection<Double> ages, long[] seconds) {
    return new Outlook(
        seconds.length == 0
            ? new double[0]
            : ages.stream().mapToDouble(age -> remaining(age, seconds)).sorted().toArray());
  }

  private static double remaining(double age, long[] seconds) {
    int shorter = 0;
    while (shorter < seconds.length && seconds[shorter] <= age - NEWS) {
      shorter++;
    }
    return shorter == seconds.length
        ? age / 4
        : Math.max(0, seconds[(shorter + seconds.length - 1) / 2] - age);
  }

  /** Seconds until a fold ends. */
  public OptionalDouble next() {
    return Arrays.stream(remaining).min();
  }

  /** How many folds end within so many seconds. */
  public int within(double seconds) {
    return (int) Arrays.stream(remaining).filter(one -> one <= seconds).count();
  }

  /**
   * How many seconds longer a fold takes on new instances than on warm ones: the time before the
   * bill begins, in the middle of the longest as many as there are slots, for each slot has started
   * cold once. 0 if no fold has ended.
   *
   * @param instances of one job
   */
  public static double coldStart(List<Trial> trials, int slots, int instances) {
    double[] starts =
        trials.stream()
            .flatMap(trial -> trial.outcomes().values().stream())
            .filter(FoldOutcome.Scored.class::isInstance)
            .mapToDouble(fold -> Math.max(0, fold.seconds() - (double) fold.billable() / instances))
            .sorted()
            .toArray();
    return starts.length == 0
        ? 0
        : starts[starts.length - (Math.min(slots, starts.length) + 1) / 2];
  }
}
