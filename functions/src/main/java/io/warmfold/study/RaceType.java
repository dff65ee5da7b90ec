package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** Whether a trial may be stopped before its last fold. */
public enum RaceType implements Named {
  NONE("None", "every trial runs all its folds."),
  PAIRED(
      "Paired",
      "a trial stops when its scores leave it too small a chance to beat the best trial on the same folds.");

  /** What can be run today; the first one is the default. */
  public static final List<RaceType> SUPPORTED = List.of(PAIRED, NONE);

  private final String label;
  private final String meaning;

  RaceType(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
