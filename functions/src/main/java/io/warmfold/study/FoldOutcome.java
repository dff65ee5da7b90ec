package io.warmfold.study;

import java.time.Instant;

/** How a fold of a trial ended. A fold has one outcome and it never changes. */
public sealed interface FoldOutcome {

  /** The training job that brought it. */
  String job();

  /** When the job was over. */
  Instant endedAt();

  /** Seconds from the job's creation to its end; 0 if that is not known. */
  long seconds();

  /**
   * Instance seconds that SageMaker bills for the job, retention in a warm pool not included; 0 if
   * that is not known.
   */
  long billable();

  /**
   * The fold has a score.
   *
   * @param score finite
   */
  record Scored(String job, double score, Instant endedAt, long seconds, long billable)
      implements FoldOutcome {
    public Scored {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("a score is a finite number, not " + score);
      }
    }
  }

  /** The algorithm failed, which fails the trial. */
  record Failed(String job, String reason, Instant endedAt, long seconds, long billable)
      implements FoldOutcome {

    /** A failure whose cost is not known, as earlier releases wrote them. */
    public Failed(String job, String reason, Instant endedAt) {
      this(job, reason, endedAt, 0, 0);
    }
  }
}
