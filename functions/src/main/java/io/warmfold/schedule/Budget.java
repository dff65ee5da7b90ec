package io.warmfold.schedule;

import io.warmfold.study.FoldOutcome;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a limit of money still allows, by what the folds so far have cost. Pure.
 *
 * <p>A fold costs as much as nine of ten have cost, and the final training more by the share of
 * rows that a fold holds out; after each an instance waits as long as after those before it. So
 * much is put aside for every fold in flight and for the final training. The study can therefore
 * cost more than its limit only by what the folds that run last, and the final training, take more
 * than that.
 *
 * <p>While no fold has a score, each is taken to need all the time that it may have. The folds of a
 * first trial are begun nevertheless, until the money is spent: that is far more than a fold
 * usually takes, and without a complete trial all the money is spent for nothing.
 *
 * @param limit instance seconds that the money pays for
 * @param instances of one job
 * @param keepAliveSeconds how long instances are kept warm at most; 0 if they are not
 * @param longestFold seconds that a fold may take
 */
public record Budget(double limit, int instances, int keepAliveSeconds, int longestFold) {

  /** A limit in any currency at a price for an hour of one instance in the same one. */
  public static Budget of(
      double maxCost,
      double pricePerInstanceHour,
      int instances,
      int keepAliveSeconds,
      int longestFold) {
    return new Budget(
        maxCost / pricePerInstanceHour * 3600, instances, keepAliveSeconds, longestFold);
  }

  /**
   * The limit of a document, if it has one.
   *
   * @param keepsWarm whether the study's instances are kept warm
   */
  public static Optional<Budget> of(StudyDocument document, boolean keepsWarm) {
    var limits = document.tuning().resourceLimits();
    return limits.maxCost() == null
        ? Optional.empty()
        : Optional.of(
            of(
                limits.maxCost(),
                limits.pricePerInstanceHour(),
                document.training().resourceConfig().instanceCount(),
                keepsWarm ? document.keepAliveSeconds() : 0,
                document.maxFoldSeconds()));
  }

  /**
   * The folds that may be begun so that they and the final training can be paid for.
   *
   * @param folds K, at least 2
   */
  public Allowance allowance(List<Trial> trials, int folds, Instant now) {
    long inFlight = trials.stream().mapToLong(trial -> trial.inFlight(now)).sum();
    var warm = WarmTime.of(trials, keepAliveSeconds);
    var usual = usual(trials);
    double billable = usual.orElse((double) longestFold * instances);
    double waiting = warm.each() * instances;
    double fold = Math.max(1, billable + waiting);
    double last = billable * folds / (folds - 1) + waiting;
    double spent = spent(trials, warm);
    double left = limit - spent - inFlight * fold - last;
    int further = Math.clamp((long) Math.floor(left / fold), 0, Integer.MAX_VALUE);
    if (usual.isEmpty() && spent < limit) {
      further = Math.max(further, (int) Math.max(0, folds - inFlight));
    }
    return new Allowance(Integer.MAX_VALUE, further);
  }

  private double spent(List<Trial> trials, WarmTime warm) {
    long billed =
        trials.stream()
            .mapToLong(
                trial ->
                    trial.lost()
                        + trial.outcomes().values().stream().mapToLong(FoldOutcome::billable).sum())
            .sum();
    return billed + warm.total() * instances;
  }

  /** The instance seconds that nine of ten folds needed at most. */
  private static OptionalDouble usual(List<Trial> trials) {
    long[] billable =
        trials.stream()
            .flatMap(trial -> trial.outcomes().values().stream())
            .filter(FoldOutcome.Scored.class::isInstance)
            .mapToLong(FoldOutcome::billable)
            .sorted()
            .toArray();
    return billable.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) billable[(int) (0.9 * (billable.length - 1))]);
  }
}
