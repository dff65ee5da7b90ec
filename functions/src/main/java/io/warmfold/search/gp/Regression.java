package io.warmfold.search.gp;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The Gaussian process given the data alone: what the posteriors with any pending points share.
 * Immutable.
 */
final class Regression {

  private static final double JITTER = 1e-9;

  private final Cube cube;
  private final Hyper hyper;
  private final Data data;
  private final Cholesky cholesky;
  private final double[] white;
  private final double score;
  private final double mean;

  private Regression(
      Cube cube,
      Hyper hyper,
      Data data,
      Cholesky cholesky,
      double[] white,
      double score,
      double mean) {
    this.cube = cube;
    this.hyper = hyper;
    this.data = data;
    this.cholesky = cholesky;
    this.white = white;
    this.score = score;
    this.mean = mean;
  }

  /**
   * The regression of a kernel's parameters and data.
   *
   * @param own whether an observation belongs to this study and so may be the best
   * @return null when the covariance is not positive definite to working precision
   */
  static Regression of(Cube cube, Hyper hyper, Data data, boolean[] own) {
    int n = data.size();
    double[][] columns = cube.columns(data.x());
    double[][] upper = new double[n][n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              fill(upper[i], i + 1, cube, hyper, columns, data.x()[i]);
              upper[i][i] = hyper.prior() + hyper.noise() + data.known()[i] + JITTER;
            });
    Cholesky cholesky = Cholesky.factor(upper);
    if (cholesky == null) {
      return null;
    }
    double[] white = data.y().clone();
    cholesky.forward(white);

    // What is expected of an observation without some of its noise is its value less that noise's
    // share of the residual.
    double[] alpha = white.clone();
    cholesky.backward(alpha);
    double score = Double.POSITIVE_INFINITY;
    double mean = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      if (own[i]) {
        double whole = data.y()[i] - data.known()[i] * alpha[i];
        score = Math.min(score, whole);
        mean = Math.min(mean, whole - (hyper.noise() + JITTER) * alpha[i]);
      }
    }
    return new Regression(cube, hyper, data, cholesky, white, score, mean);
  }

  /**
   * The posterior given imagined outcomes of pending points.
   *
   * @param pending points whose outcome is not known, possibly none
   * @param normals for each fantasy a unit normal for each pending point; one fantasy at least
   * @return null when the covariance is not positive definite to working precision
   */
  Posterior given(double[][] pending, double[][] normals) {
    int n = data.size();
    int q = pending.length;
    double[][] x = Arrays.copyOf(data.x(), n + q);
    System.arraycopy(pending, 0, x, n, q);
    double[][] columns = cube.columns(x);
    Cholesky whole = q == 0 ? cholesky : cholesky.extended(more(x, columns));
    if (whole == null) {
      return null;
    }
    double[] expected = new double[q];
    whole.addProduct(white, 0, n, expected, n);
    double[] bests = new double[normals.length];
    double[] means = new double[normals.length];
    for (int s = 0; s < normals.length; s++) {
      double[] values = new double[n + q];
      System.arraycopy(normals[s], 0, values, n, q);
      double[] outcomes = expected.clone();
      whole.addProduct(values, n, n + q, outcomes, n);
      double awaited = Arrays.stream(outcomes).min().orElse(Double.POSITIVE_INFINITY);
      bests[s] = Math.min(score, awaited);
      means[s] = Math.min(mean, awaited);
    }
    return new Posterior(cube, hyper, columns, whole, white, normals, bests, means);
  }

  /** The covariance of data and pending points where {@link Cholesky#extended} asks for it. */
  private double[][] more(double[][] x, double[][] columns) {
    int n = data.size();
    double[][] upper = new double[x.length][x.length];
    for (int i = 0; i < x.length; i++) {
      fill(upper[i], i < cholesky.known() ? n : i + 1, cube, hyper, columns, x[i]);
      double noise = i < n ? hyper.noise() + data.known()[i] : 1e-3 * hyper.noise();
      upper[i][i] = hyper.prior() + noise + JITTER;
    }
    return upper;
  }

  /** Fills in a row of the covariance from a column on. */
  private static void fill(
      double[] row, int from, Cube cube, Hyper hyper, double[][] columns, double[] point) {
    double[] r2 = new double[row.length];
    cube.distances(columns, hyper.rates(), point, r2, from, row.length);
    hyper.covariances(r2, new double[row.length], row, from, row.length);
  }
}
