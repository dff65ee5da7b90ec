package io.warmfold.job;

/** What a job is for. */
public enum JobKind {
  /** The user's preparation of the data: a processing job. */
  PROCESSING("Processing", "prepare"),
  /** One fold of one trial: a training job. */
  FOLD("Fold", "t"),
  /** The best hyperparameters on all the data: a training job. */
  FINAL("Final", "final"),
  /** Predictions for new data: a transform job. */
  TRANSFORM("Transform", "transform");

  private final String label;
  private final String inName;

  JobKind(String label, String inName) {
    this.label = label;
    this.inName = inName;
  }

  /** As the state machine and the ledger write it. */
  public String label() {
    return label;
  }

  /** As it stands in a job's name. */
  String inName() {
    return inName;
  }

  /**
   * The kind of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static JobKind of(String label) {
    for (var kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of job: " + label);
  }
}
