package io.warmfold.report;

import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.Trial;

/** What has become of a trial, derived from the facts of the ledger. */
public enum TrialStatus {
  /** All folds have a score. */
  COMPLETE("Complete"),
  /** The race stopped it before its last fold. */
  STOPPED_BY_RACE("StoppedByRace"),
  /** A fold of it failed. */
  FAILED("Failed"),
  /** Some folds are still to come. */
  RUNNING("Running"),
  /** Some folds were still to come when the study ended. */
  UNFINISHED("Unfinished");

  private final String label;

  TrialStatus(String label) {
    this.label = label;
  }

  /** As the result documents write it. */
  public String label() {
    return label;
  }

  /** The status of a trial of this study. */
  public static TrialStatus of(Trial trial, StudySnapshot snapshot) {
    if (trial.failure().isPresent()) {
      return FAILED;
    }
    // Folds in flight when the race decided may still have completed the trial.
    if (trial.complete(snapshot.document().folds())) {
      return COMPLETE;
    }
    if (trial.stoppedByRace().isPresent()) {
      return STOPPED_BY_RACE;
    }
    return snapshot.study().outcome().isPresent() ? UNFINISHED : RUNNING;
  }
}
