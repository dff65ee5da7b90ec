package io.warmfold.search.gp;

/**
 * The choices of the Bayesian searcher that were measured (docs/benchmarks/search.md).
 *
 * @param initial trials before the model is asked
 * @param spread candidates spread over the cube
 * @param around candidates around the best trials
 * @param fantasies joint draws of the pending trials' outcomes
 * @param fitted observations that the kernel's parameters are fitted to, at most
 * @param exact up to so many observations the posterior is exact
 * @param active from how many the posterior is computed beyond that
 * @param screening from twice so many observations on, candidates are first looked at with so many
 * @param leastNoise the least noise variance, in units of the scores' variance
 */
public record Design(
    int initial,
    int spread,
    int around,
    int fantasies,
    int fitted,
    int exact,
    int active,
    int screening,
    double leastNoise) {

  /** The measured choice. */
  public static Design standard() {
    return new Design(6, 1000, 300, 32, 200, 1000, 500, 120, 1e-8);
  }
}
