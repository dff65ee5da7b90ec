package io.warmfold.local.simulation;

/**
 * Instance seconds that SageMaker bills, by what the instances did: a job on two instances costs
 * two for each second.
 *
 * @param training from the start of the training to the end of the job
 * @param startUp from {@code TrainingStartTime} to the start of the training: a job's data and
 *     image come to its instances
 * @param warmIdle kept in a warm pool between two jobs, or after the last one
 */
public record Bill(double training, double startUp, double warmIdle) {

  /** Nothing. */
  public static final Bill NONE = new Bill(0, 0, 0);

  /** All of it. */
  public double total() {
    return training + startUp + warmIdle;
  }

  /** Both together. */
  public Bill plus(Bill other) {
    return new Bill(training + other.training, startUp + other.startUp, warmIdle + other.warmIdle);
  }
}
