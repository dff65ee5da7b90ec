package io.warmfold.flow;

import io.warmfold.job.JobDescription;
import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;

/** What follows from the way a job ended. */
final class JobEndings {

  /**
   * The reason of a stop that we wanted because the job took longer to start and run than it may.
   */
  public static final String TIMED_OUT = "TimedOut";

  private JobEndings() {}

  /**
   * The outcome of a job that is over.
   *
   * <p>A failure reason starts with its class: {@code AlgorithmError} and {@code ClientError} are
   * the user's, {@code InternalServerError} and {@code CapacityError} are SageMaker's. What has no
   * class that we know counts as the user's, because a failure that is repeated costs money.
   */
  public static JobOutcome outcome(JobDescription job, JobRow row) {
    return switch (job.status()) {
      case "Completed" -> JobOutcome.COMPLETED;
      case "Failed" -> infrastructure(job) ? JobOutcome.INFRASTRUCTURE : JobOutcome.FAILED;
      case "Stopped" -> stopped(job, row);
      default -> throw new IllegalArgumentException(job.name() + " is not over: " + job.status());
    };
  }

  private static boolean infrastructure(JobDescription job) {
    var reason = job.failureReason().orElse("");
    return reason.startsWith("InternalServerError") || reason.startsWith("CapacityError");
  }

  private static JobOutcome stopped(JobDescription job, JobRow row) {
    if (timedOut(row)) {
      // The others have a limit of their own for the time that they run, so they have waited. A
      // transform that ran for so long would again.
      return row.kind() == JobKind.TRANSFORM && job.started().isPresent()
          ? JobOutcome.FAILED
          : JobOutcome.INFRASTRUCTURE;
    }
    if (row.stopWanted().isPresent()) {
      return JobOutcome.STOPPED_BY_US;
    }
    return switch (job.secondaryStatus()) {
      case "MaxRuntimeExceeded", "MaxWaitTimeExceeded" -> JobOutcome.FAILED;
      default -> JobOutcome.STOPPED_BY_SOMEBODY;
    };
  }

  private static boolean timedOut(JobRow row) {
    return row.stopWanted().filter(TIMED_OUT::equals).isPresent();
  }

  /** Why the job did not complete, for people. */
  public static String reason(JobDescription job, JobRow row) {
    if (job.status().equals("Stopped") && timedOut(row)) {
      return job.name() + " took longer to start and run than it may, and was stopped";
    }
    if (job.status().equals("Stopped")) {
      return switch (job.secondaryStatus()) {
        case "MaxRuntimeExceeded", "MaxWaitTimeExceeded" ->
            job.name()
                + " ran longer than its StoppingCondition allows ("
                + job.secondaryStatus()
                + ")";
        default -> job.name() + " was stopped";
      };
    }
    return job.failureReason().orElse(job.name() + " failed, and SageMaker does not say why");
  }
}
