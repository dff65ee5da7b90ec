package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** Whether a trial may be stopped before its last fold. */
public enum RaceType implements Named {
  NONE("None"),
  PAIRED("Paired");

  /** What can be run today; the first one is the default. */
  public static final List<RaceType> SUPPORTED = List.of(NONE);

  private final String label;

  RaceType(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }
}
