package io.warmfold.flow;

import io.warmfold.study.FoldClaim;
import io.warmfold.study.StudyDocument;
import java.time.Duration;
import java.time.Instant;

/**
 * How long things may take. SageMaker sets no limit to the time a job waits for its instances, so
 * the tasks do: the job's own limit and an hour for everything around it.
 */
final class Timeouts {

  /** What a job may need besides its own run time: instances, images, data, models. */
  private static final Duration AROUND = Duration.ofHours(1);

  /** A transform job has no limit of its own. */
  static final Duration TRANSFORM = Duration.ofHours(24);

  /**
   * Longer than the timeout of the function that starts a job, so that a row in its hands is left
   * alone.
   */
  static final Duration START_LEASE = Duration.ofMinutes(5);

  /** A claim whose job has no row after this is free again. */
  static final Duration CLAIM_LEASE = Duration.ofMinutes(10);

  private Timeouts() {}

  static Duration training(StudyDocument document) {
    return Duration.ofSeconds(document.maxFoldSeconds()).plus(AROUND);
  }

  static Duration preparation(StudyDocument document) {
    return Duration.ofSeconds(
            document
                .preparation()
                .map(job -> job.stoppingCondition().maxRuntimeInSeconds())
                .orElse(0))
        .plus(AROUND);
  }

  /** How long a fold is taken for running: all attempts of a task. */
  static Duration foldLease(StudyDocument document) {
    return training(document).multipliedBy(3);
  }

  /** How long ago a fold that is in flight was claimed, or its job was started. */
  static Duration age(FoldClaim claim, StudyDocument document, Instant now) {
    var started = Duration.between(claim.leaseUntil().minus(foldLease(document)), now);
    // No job runs for so long, so this is a claim without one.
    return started.compareTo(training(document)) > 0
        ? Duration.between(claim.leaseUntil().minus(CLAIM_LEASE), now)
        : started;
  }

  /** How long the lanes may be without any fold that ends before the study has failed. */
  static Duration stalled(StudyDocument document) {
    return training(document).plus(AROUND);
  }
}
