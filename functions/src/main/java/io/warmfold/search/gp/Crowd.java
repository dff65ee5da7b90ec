package io.warmfold.search.gp;

import java.util.Arrays;

/**
 * How much each observation says about the whole cube: one over the number of observations about
 * it, itself included, counted by a Gaussian kernel.
 *
 * <p>A search gathers its trials where the scores are good. Their plain median or variance is soon
 * that of one small region, and says nothing about the function any more; weighted so, a hundred
 * trials at one place count as one (as observations are weighted by the inverse of the density that
 * they were drawn from: Horvitz and Thompson, 1952; the density by a kernel: Parzen, 1962).
 */
final class Crowd {

  /** The kernel's width: a root mean square distance over the coordinates of the unit cube. */
  private static final double WIDTH = 0.1;

  private Crowd() {}

  /**
   * The weights of some points, from 1/n to 1. Time grows with the square of their number.
   *
   * @param x points of the cube; coordinates beyond those of the space, such as the study that an
   *     observation comes from, do not count
   */
  static double[] weights(Cube cube, double[][] x) {
    int n = x.length;
    int d = cube.space().dimension();
    double[][] columns = cube.columns(x);
    double[] rates = new double[d];
    Arrays.fill(rates, -1 / (2 * WIDTH * WIDTH * d));
    double[] neighbours = new double[n];
    Arrays.fill(neighbours, 1);
    double[] exponents = new double[n];
    double[] near = new double[n];
    for (int i = 0; i < n; i++) {
      cube.distances(columns, rates, Arrays.copyOf(x[i], d), exponents, i + 1, n);
      Exp.all(exponents, near, i + 1, n);
      for (int j = i + 1; j < n; j++) {
        neighbours[i] += near[j];
        neighbours[j] += near[j];
      }
    }
    double[] weights = new double[x.length];
    Arrays.setAll(weights, i -> 1 / neighbours[i]);
    return weights;
  }
}
