package io.warmfold.search.gp;

import java.util.Arrays;

/**
 * The kernel and its own parameters.
 *
 * @param kernel how smooth the function is
 * @param rates for each coordinate the inverse squared length scale λ
 * @param amplitude the variance of the function
 * @param noise the variance of the noise of every observation
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Hyper(Matern kernel, double[] rates, double amplitude, double noise) {

  /** The variance of the unknown constant mean, which stands in the kernel as a constant. */
  static final double MEAN_VARIANCE = 1;

  /** Added to the variance of every observation, so that equal points have a factor. */
  static final double JITTER = 1e-9;

  /** Equal rates and an amplitude of 1. */
  static Hyper initial(Matern kernel, int d, double rate, double noise) {
    double[] rates = new double[d];
    Arrays.fill(rates, rate);
    return new Hyper(kernel, rates, 1, noise);
  }

  Hyper withNoise(double variance) {
    return new Hyper(kernel, rates, amplitude, variance);
  }

  /** The variance of a value without noise. */
  double prior() {
    return amplitude + MEAN_VARIANCE;
  }

  /**
   * The covariances of the values, without noise, at many scaled squared distances.
   *
   * @param decay receives what {@link #slopes} needs
   * @param into receives them; not the array of the distances
   */
  void covariances(double[] r2, double[] decay, double[] into, int from, int to) {
    kernel.values(r2, decay, into, from, to);
    for (int j = from; j < to; j++) {
      into[j] = amplitude * into[j] + MEAN_VARIANCE;
    }
  }

  /** The derivatives of {@link #covariances} by the squared distances. */
  void slopes(double[] r2, double[] decay, double[] into, int from, int to) {
    kernel.slopes(r2, decay, into, from, to);
    for (int j = from; j < to; j++) {
      into[j] *= amplitude;
    }
  }

  /** The logarithms: rates, amplitude, noise. */
  double[] logs() {
    int d = rates.length;
    double[] theta = new double[d + 2];
    for (int i = 0; i < d; i++) {
      theta[i] = StrictMath.log(rates[i]);
    }
    theta[d] = StrictMath.log(amplitude);
    theta[d + 1] = StrictMath.log(noise);
    return theta;
  }

  static Hyper ofLogs(Matern kernel, double[] theta) {
    int d = theta.length - 2;
    double[] rates = new double[d];
    for (int i = 0; i < d; i++) {
      rates[i] = StrictMath.exp(theta[i]);
    }
    return new Hyper(kernel, rates, StrictMath.exp(theta[d]), StrictMath.exp(theta[d + 1]));
  }
}
