package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** How the next combination of hyperparameters is found, in the names of Automatic Model Tuning. */
public enum StrategyType implements Named {
  BAYESIAN("Bayesian", "from what a Gaussian process has learnt of the trials so far."),
  RANDOM("Random", "drawn at random."),
  HYPERBAND("Hyperband", "by early stopping of many short trials."),
  GRID("Grid", "every combination of integer and categorical parameters.");

  /** What can be run today; the first one is the default. */
  public static final List<StrategyType> SUPPORTED = List.of(BAYESIAN, RANDOM, GRID);

  private final String label;
  private final String meaning;

  StrategyType(String label, String meaning) {
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
