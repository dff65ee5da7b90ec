package io.warmfold.search.gp;

import java.util.Arrays;

/**
 * The negative log posterior density of the kernel's parameters given the data (Rasmussen and
 * Williams, eq. 5.8 and 5.9), by their logarithms.
 *
 * <p>Priors as in Optuna's GPSampler: −(0.1/λ + 0.1·λ) for each rate, Gamma(2, 1) for the
 * amplitude, Gamma(1.1, 30) for the noise; and log-normal around no warp for the warps of the
 * coordinates.
 */
final class Evidence implements Lbfgs.Objective {

  private final Matern kernel;
  private final Cube cube;
  private final Data data;
  private final double[][] columns;
  private final int n;
  private final int d;

  Evidence(Matern kernel, Cube cube, Data data) {
    this.kernel = kernel;
    this.cube = cube;
    this.data = data;
    this.columns = cube.columns(data.x());
    this.n = data.size();
    this.d = cube.dimension();
  }

  @Override
  public Lbfgs.Value at(double[] theta) {
    return new At(theta);
  }

  private final class At implements Lbfgs.Value {

    private final double[] theta;
    private final Hyper hyper;
    private final double[][] slopes = new double[n][n];
    private final double[][] covariance = new double[n][];
    private final double[] alpha = data.y().clone();
    private final Cholesky cholesky;
    private final double value;

    private At(double[] theta) {
      this.theta = theta.clone();
      hyper = Hyper.ofLogs(kernel, theta);
      double[] r2 = new double[n];
      double[] decay = new double[n];
      double[][] upper = new double[n][n];
      for (int i = 0; i < n; i++) {
        double[] row = upper[i];
        cube.distances(columns, hyper.rates(), data.x()[i], r2, i + 1, n);
        hyper.covariances(r2, decay, row, i + 1, n);
        hyper.slopes(r2, decay, slopes[i], i + 1, n);
        row[i] = hyper.prior() + hyper.noise() + data.known()[i] + Hyper.JITTER;
        covariance[i] = row.clone();
      }
      cholesky = Cholesky.factor(upper);
      value = cholesky == null ? Double.POSITIVE_INFINITY : cost();
    }

    private double cost() {
      cholesky.forward(alpha);
      double quadratic = Cholesky.dot(alpha, alpha, 0, n);
      double result = 0.5 * quadratic + cholesky.halfLogDeterminant();
      for (double rate : hyper.rates()) {
        result += 0.1 / rate + 0.1 * rate;
      }
      result -= theta[d] - hyper.amplitude();
      result -= 0.1 * theta[d + 1] - 30 * hyper.noise();
      return result;
    }

    @Override
    public double value() {
      return value;
    }

    @Override
    public double[] gradient() {
      cholesky.backward(alpha);
      // The weight of each pair's covariance in the gradient; with its slope, that of its distance.
      double[][] inverse = cholesky.inverse();
      double amplitude = hyper.amplitude();
      double trace = 0;
      double byAmplitude = 0;
      for (int i = 0; i < n; i++) {
        trace += inverse[i][i] - alpha[i] * alpha[i];
        for (int j = i + 1; j < n; j++) {
          double weight = inverse[i][j] - alpha[i] * alpha[j];
          byAmplitude += weight * (covariance[i][j] - Hyper.MEAN_VARIANCE);
          slopes[i][j] *= weight;
          slopes[j][i] = slopes[i][j];
        }
      }
      double[] ones = new double[n];
      Arrays.fill(ones, 1);
      double[] totals = new double[n];
      for (int i = 0; i < n; i++) {
        totals[i] = Cholesky.dot(slopes[i], ones, 0, n);
      }
      double[] gradient = new double[d + 2];
      for (int k = 0; k < d; k++) {
        double rate = hyper.rates()[k];
        gradient[k] = rate * byRate(k, columns[k], slopes, totals) - 0.1 / rate + 0.1 * rate;
      }
      gradient[d] = 0.5 * trace * amplitude + byAmplitude - (1 - amplitude);
      gradient[d + 1] = 0.5 * trace * hyper.noise() - (0.1 - 30 * hyper.noise());
      return gradient;
    }
  }

  /** The derivative by a coordinate's rate, without its prior. */
  private double byRate(int k, double[] column, double[][] weights, double[] totals) {
    double byRate = 0;
    for (int i = 0; i < n; i++) {
      double[] row = weights[i];
      double at = column[i];
      if (cube.unordered()[k]) {
        for (int j = 0; j < n; j++) {
          byRate += column[j] == at ? 0 : 0.5 * row[j];
        }
        continue;
      }
      byRate += at * (at * totals[i] - Cholesky.dot(row, column, 0, n));
    }
    return byRate;
  }
}
