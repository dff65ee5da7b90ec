package io.warmfold.space;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;

/**
 * How a numeric range is stretched before it is searched; the names are those of AMT's {@code
 * ScalingType}.
 */
public enum Scaling {
  /** Logarithmic where the range is positive and spans at least two decades, else linear. */
  AUTO("Auto"),
  /** As it is. */
  LINEAR("Linear"),
  /** By log x; for positive ranges. */
  LOGARITHMIC("Logarithmic"),
  /** By −log(1 − x); for continuous ranges within [0, 1). */
  REVERSE_LOGARITHMIC("ReverseLogarithmic");

  private final String label;

  Scaling(String label) {
    this.label = label;
  }

  /** The name in a study document. */
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * The scaling of a name in a study document.
   *
   * @throws IllegalArgumentException when AMT has no such scaling type
   */
  public static Scaling named(String label) {
    return Arrays.stream(values())
        .filter(scaling -> scaling.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "ScalingType must be Auto, Linear, Logarithmic or ReverseLogarithmic, not "
                        + label));
  }

  /** What a range of whole numbers may be stretched by. */
  public static List<Scaling> ofIntegers() {
    return List.of(AUTO, LINEAR, LOGARITHMIC);
  }

  /** What {@link #AUTO} means for a range; itself for any other scaling. */
  Scaling resolve(double min, double max) {
    if (this != AUTO) {
      return this;
    }
    return min > 0 && max / min >= 100 ? LOGARITHMIC : LINEAR;
  }

  double forward(double x) {
    return switch (this) {
      case AUTO, LINEAR -> x;
      case LOGARITHMIC -> StrictMath.log(x);
      case REVERSE_LOGARITHMIC -> -StrictMath.log1p(-x);
    };
  }

  double backward(double t) {
    return switch (this) {
      case AUTO, LINEAR -> t;
      case LOGARITHMIC -> StrictMath.exp(t);
      case REVERSE_LOGARITHMIC -> -StrictMath.expm1(-t);
    };
  }
}
