package io.warmfold.flow;

/** The errors that tokens are failed with, as the state machine matches them. */
public final class Errors {

  /** SageMaker failed the job; a new attempt may succeed. */
  public static final String INFRASTRUCTURE = "InfrastructureFailure";

  /** The user's container failed the job. */
  public static final String JOB_FAILED = "JobFailed";

  /** The study needs the job no longer. */
  public static final String STUDY_CLOSING = "StudyClosing";

  private Errors() {}
}
