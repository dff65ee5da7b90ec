package io.warmfold.search.gp;

import java.util.stream.IntStream;

/**
 * The Gaussian process given the data, and given imagined outcomes of the pending points.
 *
 * <p>The pending points stand in the covariance like observations. In the whitened coordinates of
 * its factor a joint draw of their outcomes from the posterior is a draw of independent unit
 * normals, so that any number of fantasies shares one factorisation (Wilson, Hutter and Deisenroth,
 * Maximizing acquisition functions for Bayesian optimization, 2018; Snoek et al., 2012, §3.2).
 */
final class Posterior {

  /** So many points are predicted at a time: what that takes stays in a processor's cache. */
  private static final int BLOCK = 64;

  private final Cube cube;
  private final Hyper hyper;
  private final double[][] x;
  private final Cholesky cholesky;
  private final double[] white;
  private final double[][] normals;
  private final double[][] alphas;
  private final double[] bests;
  private final double[] bestMeans;
  private final int n;

  /**
   * A posterior whose parts {@link Regression} has worked out.
   *
   * @param x the data's points, then the pending ones
   * @param cholesky of the covariance of these
   * @param white the data's values in the factor's whitened coordinates
   * @param normals for each fantasy the pending points' outcomes in these coordinates
   * @param alphas for each fantasy the covariance's inverse times the values
   * @param bests {@link #best} of each fantasy
   * @param bestMeans {@link #bestMean} of each fantasy
   */
  Posterior(
      Cube cube,
      Hyper hyper,
      double[][] x,
      Cholesky cholesky,
      double[] white,
      double[][] normals,
      double[][] alphas,
      double[] bests,
      double[] bestMeans) {
    this.cube = cube;
    this.hyper = hyper;
    this.x = x;
    this.cholesky = cholesky;
    this.white = white;
    this.normals = normals;
    this.alphas = alphas;
    this.bests = bests;
    this.bestMeans = bestMeans;
    this.n = white.length;
  }

  int fantasies() {
    return bests.length;
  }

  /**
   * The best value of a fantasy: of the scores, a partial one as it is expected to be with all its
   * folds, and of the pending points' outcomes.
   */
  double best(int fantasy) {
    return bests[fantasy];
  }

  /** The best value of a fantasy without noise: of the means and the pending points' outcomes. */
  double bestMean(int fantasy) {
    return bestMeans[fantasy];
  }

  /** The predictions for many points. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Batch(double[] deviation, double[][] means) {

    /** The mean of each point over all fantasies. */
    double[] mean() {
      double[] mean = new double[deviation.length];
      for (double[] fantasy : means) {
        for (int j = 0; j < mean.length; j++) {
          mean[j] += fantasy[j] / means.length;
        }
      }
      return mean;
    }
  }

  /**
   * The standard deviation of each point, and its mean in each fantasy: {@code means[s][point]}.
   */
  Batch predict(double[][] points) {
    int m = points.length;
    double[] deviation = new double[m];
    double[][] means = new double[bests.length][m];
    // Every point is predicted for itself, so it does not matter which others are beside it.
    IntStream.rangeClosed(0, (m - 1) / BLOCK)
        .parallel()
        .forEach(
            block -> {
              int from = block * BLOCK;
              predict(points, from, Math.min(from + BLOCK, m), deviation, means);
            });
    return new Batch(deviation, means);
  }

  private void predict(double[][] points, int from, int to, double[] deviation, double[][] means) {
    int m = to - from;
    int size = x.length;
    double[][] k = new double[size][m];
    double[] column = new double[m];
    for (int c = 0; c < cube.dimension(); c++) {
      for (int j = 0; j < m; j++) {
        column[j] = points[from + j][c];
      }
      double rate = hyper.rates()[c];
      for (int i = 0; i < size; i++) {
        addSquares(k[i], column, x[i][c], rate, cube.unordered()[c]);
      }
    }
    for (double[] row : k) {
      for (int j = 0; j < m; j++) {
        row[j] = hyper.amplitude() * hyper.kernel().value(row[j]) + Hyper.MEAN_VARIANCE;
      }
    }
    cholesky.forward(k);
    double[] explained = new double[m];
    double[] mean = new double[m];
    for (int i = 0; i < size; i++) {
      double[] row = k[i];
      double w = i < n ? white[i] : 0;
      for (int j = 0; j < m; j++) {
        explained[j] += row[j] * row[j];
        mean[j] += w * row[j];
      }
    }
    double prior = hyper.amplitude() + Hyper.MEAN_VARIANCE;
    for (int j = 0; j < m; j++) {
      deviation[from + j] = Math.sqrt(Math.max(prior - explained[j], 1e-14));
    }
    for (int s = 0; s < bests.length; s++) {
      double[] own = mean.clone();
      for (int p = 0; p < normals[s].length; p++) {
        double z = normals[s][p];
        double[] row = k[n + p];
        for (int j = 0; j < m; j++) {
          own[j] += z * row[j];
        }
      }
      System.arraycopy(own, 0, means[s], from, m);
    }
  }

  private static void addSquares(
      double[] row, double[] column, double at, double rate, boolean unordered) {
    if (unordered) {
      for (int j = 0; j < row.length; j++) {
        row[j] += column[j] == at ? 0 : rate;
      }
      return;
    }
    for (int j = 0; j < row.length; j++) {
      double difference = column[j] - at;
      row[j] += rate * difference * difference;
    }
  }

  /** The prediction for one point, from which its gradients can be had. */
  final class Local {

    private final double[] point;
    private final double[] r2;
    private final double deviation;
    private final double[] means;
    private final double[] explaining;

    private Local(double[] point) {
      this.point = point;
      int size = x.length;
      r2 = new double[size];
      double[] k = new double[size];
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int c = 0; c < point.length; c++) {
          sum += hyper.rates()[c] * cube.squared(c, point[c], x[i][c]);
        }
        r2[i] = sum;
        k[i] = hyper.amplitude() * hyper.kernel().value(sum) + Hyper.MEAN_VARIANCE;
      }
      means = new double[bests.length];
      for (int s = 0; s < means.length; s++) {
        means[s] = Cholesky.dot(k, alphas[s], 0, size);
      }
      explaining = k;
      cholesky.forward(explaining);
      double explained = Cholesky.dot(explaining, explaining, 0, size);
      deviation = Math.sqrt(Math.max(hyper.amplitude() + Hyper.MEAN_VARIANCE - explained, 1e-14));
    }

    double deviation() {
      return deviation;
    }

    double mean(int fantasy) {
      return means[fantasy];
    }

    /**
     * The gradient of Σ weights[s]·mean(s) + byDeviation·deviation by the coordinates that have an
     * order.
     */
    double[] gradient(double[] weights, double byDeviation) {
      double[] gradient = new double[point.length];
      double[] solved = explaining.clone();
      cholesky.backward(solved);
      double[] sum = new double[x.length];
      for (int s = 0; s < weights.length; s++) {
        double w = weights[s];
        double[] alpha = alphas[s];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += w * alpha[i];
        }
      }
      for (int i = 0; i < sum.length; i++) {
        double slope =
            (sum[i] - byDeviation / deviation * solved[i])
                * hyper.amplitude()
                * hyper.kernel().slope(r2[i]);
        for (int c = 0; c < gradient.length; c++) {
          if (!cube.unordered()[c]) {
            gradient[c] += slope * 2 * hyper.rates()[c] * (point[c] - x[i][c]);
          }
        }
      }
      return gradient;
    }
  }

  Local at(double[] point) {
    return new Local(point);
  }
}
