package io.warmfold.flow;

import io.warmfold.study.StudyDocument;
import java.time.Duration;

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

  /** How long the lanes may be without any fold that ends before the study has failed. */
  static Duration stalled(StudyDocument document) {
    return training(document).plus(AROUND);
  }
}
