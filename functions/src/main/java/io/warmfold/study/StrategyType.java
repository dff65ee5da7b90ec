package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** How the next combination of hyperparameters is found, in the names of Automatic Model Tuning. */
public enum StrategyType implements Named {
  BAYESIAN("Bayesian"),
  RANDOM("Random"),
  HYPERBAND("Hyperband"),
  GRID("Grid");

  /** What can be run today; the first one is the default. */
  public static final List<StrategyType> SUPPORTED = List.of(RANDOM, GRID);

  private final String label;

  StrategyType(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }
}
