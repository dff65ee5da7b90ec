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
   * The direction of an objective's {@code Type} in a study document.
   *
   * @throws IllegalArgumentException when it is neither Minimize nor Maximize
   */
  public static Direction named(String label) {
    return switch (label) {
      case "Minimize" -> MINIMIZE;
      case "Maximize" -> MAXIMIZE;
      default ->
          throw new IllegalArgumentException(
              "the objective's Type must be Minimize or Maximize, not " + label);
    };
  }

  /** A score turned so that low is good, or such a value turned back. */
  public double cost(double score) {
    return this == MINIMIZE ? score : -score;
  }

  /**
   * Whether {@code score} is strictly better than {@code other}; a score that is no number never
   * is.
   */
  public boolean better(double score, double other) {
    return this == MINIMIZE ? score < other : score > other;
  }
}
