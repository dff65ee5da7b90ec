package io.warmfold.report;

import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the report says of one job. Pure. */
final class JobCaption {

  private JobCaption() {}

  /** How the job is drawn: by its end, or by its kind. */
  static String className(JobRow job) {
    boolean failed =
        job.outcome()
            .filter(o -> o == JobOutcome.FAILED || o == JobOutcome.INFRASTRUCTURE)
            .isPresent();
    boolean stopped =
        job.outcome()
            .filter(o -> o == JobOutcome.STOPPED_BY_US || o == JobOutcome.STOPPED_BY_SOMEBODY)
            .isPresent();
    return failed ? "failed" : stopped ? "stopped" : job.kind().label();
  }

  /**
   * What is to know of a job, in a few lines.
   *
   * @param end of the job, or until now
   */
  static String title(JobRow job, Instant end) {
    StringBuilder title = new StringBuilder(what(job));
    if (job.attempt() > 1) {
      title.append(", attempt ").append(job.attempt());
    }
    title.append('\n').append(job.name());
    Instant started = job.started().orElse(end);
    title
        .append("\n")
        .append(job.warmStart() ? "warm start: " : "cold start: ")
        .append(seconds(job.createdAt(), started));
    if (job.started().isPresent()) {
      title.append("\nat work: ").append(seconds(started, end));
    }
    title.append("\n").append(job.outcome().map(JobCaption::words).orElse("running"));
    job.failureReason().ifPresent(why -> title.append(": ").append(Words.shortened(why, 200)));
    return title.toString();
  }

  private static String what(JobRow job) {
    return switch (job.kind()) {
      case FOLD -> "Trial " + job.trial().orElse(0) + ", fold " + job.fold().orElse(0);
      case FINAL -> "Final training";
      case PROCESSING -> "Preparation of the data";
      case TRANSFORM -> "Batch transform";
    };
  }

  private static String words(JobOutcome outcome) {
    return switch (outcome) {
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case INFRASTRUCTURE -> "failed by the infrastructure";
      case STOPPED_BY_US -> "stopped by the study";
      case STOPPED_BY_SOMEBODY -> "stopped by a person";
    };
  }

  private static String seconds(Instant from, Instant to) {
    double seconds = Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : Words.duration(Math.round(seconds));
  }
}
