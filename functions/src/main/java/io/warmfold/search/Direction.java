package io.warmfold.search;

/** Whether a low or a high score is good. */
public enum Direction {
  MINIMIZE("Minimize"),
  MAXIMIZE("Maximize");

  private final String amtName;

  Direction(String amtName) {
    this.amtName = amtName;
  }

  /** The objective's {@code Type} in a study document. */
  public String amtName() {
    return amtName;
  }

  /**
   * The direction of an objective's {@code Type} in a study document.
   *
   * @throws IllegalArgumentException when it is neither Minimize nor Maximize
   */
  public static Direction named(String amtName) {
    return switch (amtName) {
      case "Minimize" -> MINIMIZE;
      case "Maximize" -> MAXIMIZE;
      default ->
          throw new IllegalArgumentException(
              "the objective's Type must be Minimize or Maximize, not " + amtName);
    };
  }

  /** A score turned so that low is good, or such a value turned back. */
  public double cost(double score) {
    return this == MINIMIZE ? score : -score;
  }

  /** Whether a score beats another. */
  public boolean better(double score, double than) {
    return cost(score) < cost(than);
  }
}
