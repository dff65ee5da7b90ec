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
    int d = cube.space().dimension();
    double[] neighbours = new double[x.length];
    Arrays.fill(neighbours, 1);
    for (int i = 0; i < x.length; i++) {
      for (int j = i + 1; j < x.length; j++) {
        double squares = 0;
        for (int k = 0; k < d; k++) {
          squares += cube.squared(k, x[i][k], x[j][k]);
        }
        double near = Exp.of(-squares / (2 * WIDTH * WIDTH * d));
        neighbours[i] += near;
        neighbours[j] += near;
      }
    }
    double[] weights = new double[x.length];
    Arrays.setAll(weights, i -> 1 / neighbours[i]);
    return weights;
  }
}
