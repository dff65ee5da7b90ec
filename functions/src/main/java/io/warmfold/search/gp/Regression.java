package io.warmfold.search.gp;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The Gaussian process given the data alone: what the posteriors with any pending points share.
 * Safe for use by several threads.
 */
final class Regression {

  /** The noise of an imagined outcome, which is not to be smoothed away, in units of a score's. */
  private static final double PENDING_NOISE = 1e-3;

  /** The factor with some pending points, which come after the data. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Extended(double[][] pending, Cholesky cholesky) {

    /** Whether the pending points begin with these. */
    boolean begins(double[][] others) {
      return pending.length <= others.length
          && Arrays.deepEquals(pending, Arrays.copyOf(others, pending.length));
    }
  }

  private final Cube cube;
  private final Hyper hyper;
  private final Data data;
  private final Cholesky cholesky;
  private final double[] white;
  private final double best;
  private final double bestMean;

  /** Each suggestion of a batch adds one pending point to those of the one before. */
  private volatile Extended last;

  private Regression(
      Cube cube,
      Hyper hyper,
      Data data,
      Cholesky cholesky,
      double[] white,
      double best,
      double bestMean) {
    this.cube = cube;
    this.hyper = hyper;
    this.data = data;
    this.cholesky = cholesky;
    this.white = white;
    this.best = best;
    this.bestMean = bestMean;
    this.last = new Extended(new double[0][], cholesky);
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
              double[] r2 = new double[n];
              cube.distances(columns, hyper.rates(), data.x()[i], r2, i + 1, n);
              hyper.covariances(r2, new double[n], upper[i], i + 1, n);
              upper[i][i] = hyper.prior() + hyper.noise() + data.known()[i] + Hyper.JITTER;
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
    double best = Double.POSITIVE_INFINITY;
    double bestMean = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      if (own[i]) {
        double whole = data.y()[i] - data.known()[i] * alpha[i];
        best = Math.min(best, whole);
        bestMean = Math.min(bestMean, whole - (hyper.noise() + Hyper.JITTER) * alpha[i]);
      }
    }
    return new Regression(cube, hyper, data, cholesky, white, best, bestMean);
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
    Cholesky whole = extended(x, columns, pending);
    if (whole == null) {
      return null;
    }
    double[] expected = new double[q];
    whole.addProduct(white, 0, expected, n);
    double[] bests = new double[normals.length];
    double[] bestMeans = new double[normals.length];
    for (int s = 0; s < normals.length; s++) {
      double[] outcomes = expected.clone();
      whole.addProduct(normals[s], n, outcomes, n);
      double awaited = Arrays.stream(outcomes).min().orElse(Double.POSITIVE_INFINITY);
      bests[s] = Math.min(best, awaited);
      bestMeans[s] = Math.min(bestMean, awaited);
    }
    return new Posterior(cube, hyper, columns, whole, white, normals, bests, bestMeans);
  }

  private Cholesky extended(double[][] x, double[][] columns, double[][] pending) {
    Extended before = last;
    Cholesky begun = before.begins(pending) ? before.cholesky() : cholesky;
    if (begun.size() == x.length) {
      return begun;
    }
    Cholesky whole = begun.extended(beside(begun.size(), x, columns));
    if (whole != null) {
      last =
          new Extended(Arrays.stream(pending).map(double[]::clone).toArray(double[][]::new), whole);
    }
    return whole;
  }

  /** The covariance of data and pending points, but for that of the first so many. */
  private double[][] beside(int known, double[][] x, double[][] columns) {
    double[][] upper = new double[x.length][x.length];
    double[] r2 = new double[x.length];
    double[] decay = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int from = Math.max(known, i + 1);
      cube.distances(columns, hyper.rates(), x[i], r2, from, x.length);
      hyper.covariances(r2, decay, upper[i], from, x.length);
      if (i >= known) {
        upper[i][i] = hyper.prior() + PENDING_NOISE * hyper.noise() + Hyper.JITTER;
      }
    }
    return upper;
  }
}
