package io.warmfold.ledger;

/** How a job ended, by what follows from it. */
public enum JobOutcome {
  /** It did its work. */
  COMPLETED,
  /**
   * The algorithm, the user's container or the user's time limit failed it; again would fail again.
   */
  FAILED,
  /** SageMaker failed it (capacity, internal error); a new attempt may succeed. */
  INFRASTRUCTURE,
  /** We stopped it: the study is closing or has no use for it. */
  STOPPED_BY_US,
  /** A person stopped it, which is not for us to undo. */
  STOPPED_BY_SOMEBODY
}
