package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a smaller or a larger score is better. */
public enum Direction implements Named {
  MINIMIZE("Minimize"),
  MAXIMIZE("Maximize");

  private final String label;

  Direction(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Whether {@code score} is strictly better than {@code other}; a score that is no number never
   * is.
   */
  public boolean better(double score, double other) {
    return this == MINIMIZE ? score < other : score > other;
  }
}
