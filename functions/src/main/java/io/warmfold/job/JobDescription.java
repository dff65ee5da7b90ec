package io.warmfold.job;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job as SageMaker describes it.
 *
 * @param status {@code InProgress}, {@code Completed}, {@code Failed}, {@code Stopping} or {@code
 *     Stopped}
 * @param secondaryStatus of a training job, such as {@code MaxRuntimeExceeded}
 * @param billableSeconds of one instance, times the number of instances
 * @param metrics the final metrics of a training job
 * @param artifacts where a training job put its model
 * @param hyperParameters of a training job
 * @param pool what a training job left behind, once SageMaker says so
 */
public record JobDescription(
    String name,
    String status,
    String secondaryStatus,
    Optional<String> failureReason,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    long billableSeconds,
    Map<String, Double> metrics,
    Optional<String> artifacts,
    Map<String, String> hyperParameters,
    Optional<WarmPool> pool) {

  public JobDescription {
    metrics = Map.copyOf(metrics);
    hyperParameters = Map.copyOf(hyperParameters);
  }

  /** Whether it is over. */
  public boolean terminal() {
    return switch (status) {
      case "Completed", "Failed", "Stopped" -> true;
      default -> false;
    };
  }

  /**
   * A warm pool.
   *
   * @param status {@code Available}, {@code InUse}, {@code Reused} or {@code Terminated}
   * @param reusedBy the job that took it
   * @param retainedSeconds for how long it was kept, whatever the number of its instances
   */
  public record WarmPool(String status, Optional<String> reusedBy, long retainedSeconds) {

    /** Whether it waits for a job and can be given back. */
    public boolean available() {
      return status.equals("Available");
    }
  }
}
