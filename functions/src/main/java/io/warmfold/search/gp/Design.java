package io.warmfold.search.gp;

/**
 * The choices of the Bayesian searcher that were measured (docs/benchmarks/search.md).
 *
 * @param spread candidates spread over the cube
 * @param around candidates around the best trials
 * @param fantasies joint draws of the pending trials' outcomes
 * @param fitted observations that the kernel's parameters are fitted to, at most
 * @param active observations that the posterior is computed from, at most
 * @param leastNoise the least noise variance, in units of the scores' variance
 */
public record Design(
    int spread, int around, int fantasies, int fitted, int active, double leastNoise) {

  /** The measured choice. */
  public static Design standard() {
    return new Design(1000, 300, 32, 200, 1000, 1e-6);
  }
}
