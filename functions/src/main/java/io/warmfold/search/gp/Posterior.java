package io.warmfold.search.gp;

import java.util.Arrays;
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
  private final double[][] columns;
  private final Cholesky cholesky;
  private final double[] white;
  private final double[][] normals;
  private final double[] bests;
  private final double[] bestMeans;
  private final int n;
  private final int size;

  /**
   * A posterior whose parts {@link Regression} has worked out.
   *
   * @param columns the coordinates of the data's points, then of the pending ones
   * @param cholesky of the covariance of these
   * @param white the data's values in the factor's whitened coordinates
   * @param normals for each fantasy the pending points' outcomes in these coordinates
   * @param bests {@link #best} of each fantasy
   * @param bestMeans {@link #bestMean} of each fantasy
   */
  Posterior(
      Cube cube,
      Hyper hyper,
      double[][] columns,
      Cholesky cholesky,
      double[] white,
      double[][] normals,
      double[] bests,
      double[] bestMeans) {
    this.cube = cube;
    this.hyper = hyper;
    this.columns = columns;
    this.cholesky = cholesky;
    this.white = white;
    this.normals = normals;
    this.bests = bests;
    this.bestMeans = bestMeans;
    this.n = white.length;
    this.size = cholesky.size();
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
    double[][] block = cube.columns(Arrays.copyOfRange(points, from, to));
    double[][] k = new double[size][m];
    double[] r2 = new double[m];
    double[] decay = new double[m];
    double[] point = new double[columns.length];
    for (int i = 0; i < size; i++) {
      for (int c = 0; c < point.length; c++) {
        point[c] = columns[c][i];
      }
      cube.distances(block, hyper.rates(), point, r2, 0, m);
      hyper.covariances(r2, decay, k[i], 0, m);
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
    for (int j = 0; j < m; j++) {
      deviation[from + j] = Math.sqrt(Math.max(hyper.prior() - explained[j], 1e-14));
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

  /** The prediction for one point, from which its gradients can be had. */
  final class Local {

    private final double[] point;
    private final double[] r2 = new double[size];
    private final double[] decay = new double[size];
    private final double[] explaining = new double[size];
    private final double deviation;
    private final double[] means = new double[bests.length];

    private Local(double[] point) {
      this.point = point.clone();
      cube.distances(columns, hyper.rates(), point, r2, 0, size);
      hyper.covariances(r2, decay, explaining, 0, size);
      cholesky.forward(explaining);
      double explained = Cholesky.dot(explaining, explaining, 0, size);
      deviation = Math.sqrt(Math.max(hyper.prior() - explained, 1e-14));
      double known = Cholesky.dot(white, explaining, 0, n);
      for (int s = 0; s < means.length; s++) {
        double mean = known;
        for (int p = n; p < size; p++) {
          mean += normals[s][p - n] * explaining[p];
        }
        means[s] = mean;
      }
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
      // In whitened coordinates a mean is linear in what explains the point and the variance is
      // its square, so that one solution brings back the sum of all their derivatives.
      double[] weight = new double[size];
      double total = 0;
      for (int s = 0; s < weights.length; s++) {
        total += weights[s];
        for (int p = n; p < size; p++) {
          weight[p] += weights[s] * normals[s][p - n];
        }
      }
      for (int i = 0; i < n; i++) {
        weight[i] = total * white[i];
      }
      double share = byDeviation / deviation;
      for (int i = 0; i < size; i++) {
        weight[i] -= share * explaining[i];
      }
      cholesky.backward(weight);
      double[] slopes = new double[size];
      hyper.slopes(r2, decay, slopes, 0, size);
      for (int i = 0; i < size; i++) {
        slopes[i] *= weight[i];
      }
      double[] gradient = new double[point.length];
      for (int c = 0; c < gradient.length; c++) {
        if (!cube.unordered()[c]) {
          gradient[c] = 2 * hyper.rates()[c] * moment(slopes, columns[c], point[c]);
        }
      }
      return gradient;
    }
  }

  private static double moment(double[] weights, double[] column, double at) {
    double[] differences = new double[column.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = at - column[i];
    }
    return Cholesky.dot(weights, differences, 0, differences.length);
  }

  Local at(double[] point) {
    return new Local(point);
  }
}
