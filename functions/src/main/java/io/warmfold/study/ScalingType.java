package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonValue;

/** The scale on which a numeric parameter is searched, in the names of Automatic Model Tuning. */
public enum ScalingType implements Named {
  /** Logarithmic if the range is positive and spans two orders of magnitude, otherwise linear. */
  AUTO("Auto"),
  LINEAR("Linear"),
  /** Needs a minimum above 0. */
  LOGARITHMIC("Logarithmic"),
  /** Logarithmic in 1 − x: needs 0 ≤ minimum and maximum below 1. */
  REVERSE_LOGARITHMIC("ReverseLogarithmic");

  private final String label;

  ScalingType(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }
}
