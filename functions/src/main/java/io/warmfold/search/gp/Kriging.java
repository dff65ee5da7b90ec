package io.warmfold.search.gp;

import java.util.Optional;

/**
 * Ordinary kriging of several quantities at once that share a correlation, in the whitened
 * coordinates of its factor. The quantities of a place add up to zero, so that one of them tells
 * nothing new. Immutable.
 *
 * @param ones what the constant mean is in whitened coordinates
 * @param weight their squares' sum: one over the mean's variance
 * @param white for each observation the quantities less their means, in whitened coordinates
 * @param means of the quantities
 * @param variance of a quantity
 * @param noise the share of it that two observations of one place do not share
 * @param likelihood the logarithm, but for a constant, with means and variance profiled out
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Kriging(
    Cholesky cholesky,
    double[] ones,
    double weight,
    double[][] white,
    double[] means,
    double variance,
    double noise,
    double likelihood) {

  /** Added to the diagonal, and the least that a variance can be, in units of the variance. */
  private static final double JITTER = 1e-8;

  /** What is expected at a place: each quantity's mean, and the variance of each about it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Expected(double[] means, double variance) {}

  /**
   * Kriging of some observations.
   *
   * @param correlations of every two observations without noise, above the diagonal
   * @param values for each observation its quantities
   * @param noise the share of the variance that two observations of one place do not share
   * @return nothing when it cannot be computed to working precision
   */
  static Optional<Kriging> of(double[][] correlations, double[][] values, double noise) {
    int n = values.length;
    int many = values[0].length;
    double[][] upper = new double[n][n];
    double[][] white = new double[n][many + 1];
    for (int i = 0; i < n; i++) {
      upper[i][i] = 1 + JITTER;
      for (int j = i + 1; j < n; j++) {
        upper[i][j] = (1 - noise) * correlations[i][j];
      }
      System.arraycopy(values[i], 0, white[i], 0, many);
      white[i][many] = 1;
    }
    Cholesky cholesky = Cholesky.factor(upper);
    if (cholesky == null) {
      return Optional.empty();
    }
    cholesky.forward(white);
    double[] ones = new double[n];
    double weight = 0;
    double[] means = new double[many];
    for (int i = 0; i < n; i++) {
      ones[i] = white[i][many];
      weight += ones[i] * ones[i];
      for (int f = 0; f < many; f++) {
        means[f] += ones[i] * white[i][f];
      }
    }
    double squares = 0;
    for (int f = 0; f < many; f++) {
      means[f] /= weight;
      for (int i = 0; i < n; i++) {
        white[i][f] -= ones[i] * means[f];
        squares += white[i][f] * white[i][f];
      }
    }
    int degrees = (n - 1) * (many - 1);
    double variance = squares / degrees;
    double likelihood =
        -0.5 * degrees * StrictMath.log(variance + Double.MIN_NORMAL)
            - (many - 1) * (cholesky.halfLogDeterminant() + 0.5 * StrictMath.log(weight));
    return Optional.of(
        new Kriging(cholesky, ones, weight, white, means, variance, noise, likelihood));
  }

  /**
   * What is expected at another place.
   *
   * @param near its correlation with each observation without noise; overwritten
   */
  Expected at(double[] near) {
    for (int i = 0; i < near.length; i++) {
      near[i] *= 1 - noise;
    }
    cholesky.forward(near);
    double[] expected = means.clone();
    double explained = 0;
    double trend = 1;
    for (int i = 0; i < near.length; i++) {
      explained += near[i] * near[i];
      trend -= near[i] * ones[i];
      for (int f = 0; f < expected.length; f++) {
        expected[f] += near[i] * white[i][f];
      }
    }
    double share = Math.max(1 - explained, JITTER) + trend * trend / weight;
    return new Expected(expected, variance * share);
  }
}
