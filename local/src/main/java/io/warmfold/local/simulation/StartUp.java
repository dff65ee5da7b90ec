package io.warmfold.local.simulation;

/**
 * What happens between the creation of a training job and its training, in seconds.
 *
 * <p>SageMaker bills a job "for the time interval between" {@code TrainingStartTime} and {@code
 * TrainingEndTime} (API reference, DescribeTrainingJob): not the search for instances, but the
 * download of data and image. A job in a warm pool has its instances at once, so that its whole
 * start-up is billed; a cold one needs as long for the same steps, and what its start-up takes
 * beyond that goes by before {@code TrainingStartTime}.
 *
 * @param provisioning until the instances are there; not billed
 * @param preparation from there to the training; billed
 */
public record StartUp(double provisioning, double preparation) {

  /** The start-up of a job under given conditions. */
  public static StartUp of(Conditions conditions, boolean warm) {
    if (warm) {
      return new StartUp(0, conditions.warmStart());
    }
    double preparation = Math.min(conditions.warmStart(), conditions.coldStart());
    return new StartUp(conditions.coldStart() - preparation, preparation);
  }

  /** All of it. */
  public double total() {
    return provisioning + preparation;
  }
}
