package io.warmfold.study;

import java.time.Instant;

/** How a fold of a trial ended. A fold has one outcome and it never changes. */
public sealed interface FoldOutcome {

  /** The training job that brought it. */
  String job();

  /** When the job was over. */
  Instant endedAt();

  /**
   * The fold has a score.
   *
   * @param seconds from the job's creation to its end
   * @param billable instance seconds that SageMaker bills, retention in a warm pool not included
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
  record Failed(String job, String reason, Instant endedAt) implements FoldOutcome {}
}
