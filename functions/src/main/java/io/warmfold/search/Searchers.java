package io.warmfold.search;

import io.warmfold.search.gp.Design;

/** The searchers by the names that a study document gives them. */
public final class Searchers {

  private Searchers() {}

  /**
   * The searcher of a strategy.
   *
   * @param strategy {@code Bayesian}, {@code Random}, {@code Grid} or {@code Sobol}
   * @throws IllegalArgumentException when there is no such strategy
   */
  public static Searcher named(String strategy) {
    return switch (strategy) {
      case "Random" -> new RandomSearch();
      case "Grid" -> new GridSearch();
      case "Bayesian" -> bayesian(Design.standard());
      case "Sobol" -> new SobolSearch();
      default ->
          throw new IllegalArgumentException(
              "Strategy must be Bayesian, Random, Grid or Sobol, not " + strategy);
    };
  }

  /** The Bayesian searcher of other choices than the measured ones. */
  public static Searcher bayesian(Design design) {
    return new BayesianSearch(design);
  }
}
