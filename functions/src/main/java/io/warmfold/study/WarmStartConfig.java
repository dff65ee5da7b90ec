package io.warmfold.study;

import java.util.List;

/** The earlier studies that a study learns from: 1 to 5, all of the same ledger. */
public record WarmStartConfig(
    List<Parent> parentHyperParameterTuningJobs, WarmStartType warmStartType) {

  public WarmStartConfig {
    parentHyperParameterTuningJobs = Copies.list(parentHyperParameterTuningJobs);
  }

  /**
   * An earlier study.
   *
   * @param hyperParameterTuningJobName its {@code StudyName}; the newest study of that name is
   *     meant
   */
  public record Parent(String hyperParameterTuningJobName) {}
}
