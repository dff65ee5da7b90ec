package io.warmfold.search.gp;

import java.util.List;

/**
 * The choices of the Bayesian searcher that were measured (docs/benchmarks/search.md).
 *
 * @param initial trials before the model is asked
 * @param spread candidates spread over the cube
 * @param around candidates around the best trials
 * @param fantasies joint draws of the pending trials' outcomes
 * @param fitted observations that the kernel's parameters are fitted to, at most
 * @param active observations that the posterior is computed from, at most
 * @param leastNoise the least noise variance, in units of the scores' variance
 * @param warped whether the coordinates are warped
 * @param bends for each model of the ensemble at what multiple of the distance from the best to the
 *     median the warp has halved the slope; infinite for no warp
 */
public record Design(
    int initial,
    int spread,
    int around,
    int fantasies,
    int fitted,
    int active,
    double leastNoise,
    boolean warped,
    List<Double> bends) {

  public Design {
    bends = List.copyOf(bends);
  }

  /** The measured choice. */
  public static Design standard() {
    return new Design(10, 1000, 300, 32, 200, 1000, 1e-6, false, List.of(1.0));
  }
}
