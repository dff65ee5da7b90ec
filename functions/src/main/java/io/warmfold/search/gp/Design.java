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
 * @param exact up to so many observations the posterior is exact
 * @param active from how many the posterior is computed beyond that
 * @param screening from twice so many observations on, candidates are first looked at with so many
 * @param leastNoise the least noise variance, in units of the scores' variance
 * @param worth an improvement that is worth a trial, in units of the scores' spread (the margin ξ
 *     of Lizotte, Practical Bayesian Optimization, 2008): without it a score without noise is
 *     refined in its last digits instead of looking elsewhere
 * @param narrow how wide the pending trials' outcomes are imagined while there are fewer than
 *     {@code early} observations, in units of their deviation: a young model is unsure everywhere,
 *     and wide ones spread the trials of many slots over the whole cube
 * @param early from so many observations on, every third suggestion aims at the best mean, and not
 *     at the best score; there the pending trials' outcomes are what is expected of them
 * @param late from so many on, every second one does
 * @param warped whether the model's scale is that of {@link Warp}; otherwise scores are only
 *     standardised
 * @param kernels how smooth scores may be taken to be: what the data make most probable is chosen
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
    double leastNoise,
    double worth,
    double narrow,
    int early,
    int late,
    boolean warped,
    List<Matern> kernels) {
  public Design {
    kernels = List.copyOf(kernels);
  }

  /** The measured choice. */
  public static Design standard() {
    return of(1e-6, 0.5, 20, 100, true, List.of(Matern.values()));
  }

  /**
   * The same on scores that are only standardised, without a margin and with the best score as its
   * only aim: what is published of SageMaker's own tuner (Perrone et al., Amazon SageMaker
   * Automatic Model Tuning, 2021, arXiv:2012.08489), but for its warp of the coordinates, which
   * made this model worse wherever it was measured.
   */
  public static Design published() {
    int never = Integer.MAX_VALUE;
    return of(0, 1, never, never, false, List.of(Matern.FIVE_HALVES));
  }

  private static Design of(
      double worth, double narrow, int early, int late, boolean warped, List<Matern> kernels) {
    return new Design(
        6, 1000, 300, 32, 200, 1000, 500, 120, 1e-8, worth, narrow, early, late, warped, kernels);
  }
}
