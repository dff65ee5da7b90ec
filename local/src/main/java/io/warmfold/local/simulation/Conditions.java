package io.warmfold.local.simulation;

import java.util.Objects;

/**
 * What a simulated SageMaker is like. Times are seconds.
 *
 * @param seed of everything that chance decides
 * @param coldStart from the creation of a job to its training on new instances; 180 by default
 * @param warmStart the same on instances of a warm pool; 20 by default
 * @param trainingTime the median training time of a job whose objective names none; 120 by default
 * @param trainingSpread the standard deviation of the logarithm of the training time, which is
 *     lognormal; 0, the default, for no spread
 * @param eventDelay how long an event of a job's state takes to arrive; 1 by default
 * @param eventLoss the share of events that never arrive; 0 by default
 * @param capacityFailures the share of jobs on new instances that fail for want of capacity; 0 by
 *     default
 * @param createRate how many CreateTrainingJob calls a second are let through before they are
 *     throttled; 10 by default
 */
public record Conditions(
    long seed,
    double coldStart,
    double warmStart,
    double trainingTime,
    double trainingSpread,
    double eventDelay,
    double eventLoss,
    double capacityFailures,
    double createRate) {

  public Conditions {
    notNegative("coldStart", coldStart);
    notNegative("warmStart", warmStart);
    notNegative("trainingTime", trainingTime);
    notNegative("trainingSpread", trainingSpread);
    notNegative("eventDelay", eventDelay);
    share("eventLoss", eventLoss);
    share("capacityFailures", capacityFailures);
    if (!(createRate > 0 && Double.isFinite(createRate))) {
      throw new IllegalArgumentException("createRate must be above 0: " + createRate);
    }
  }

  /** The defaults. */
  public static Conditions standard(long seed) {
    return new Conditions(seed, 180, 20, 120, 0, 1, 0, 0, 10);
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " must be 0 or more: " + value);
    }
  }

  private static void share(String name, double value) {
    Objects.requireNonNull(name);
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be at least 0 and below 1: " + value);
    }
  }
}
