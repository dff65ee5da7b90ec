package io.warmfold.search.gp;

/**
 * The negative log posterior density of the kernel's parameters given the data (Rasmussen and
 * Williams, eq. 5.8 and 5.9), by their logarithms.
 *
 * <p>Priors as in Optuna's GPSampler: −(0.1/λ + 0.1·λ) for each rate, Gamma(2, 1) for the
 * amplitude, Gamma(1.1, 30) for the noise; and log-normal around no warp for the warps of the
 * coordinates.
 */
final class Evidence implements Lbfgs.Objective {

  private static final double JITTER = 1e-9;
  private static final double WARP_VARIANCE = 0.25;

  private final Cube cube;
  private final Data data;
  private final int n;
  private final int d;
  private final boolean warped;

  Evidence(Cube cube, Data data, boolean warped) {
    this.cube = cube;
    this.data = data;
    this.n = data.size();
    this.d = cube.dimension();
    this.warped = warped;
  }

  @Override
  public double at(double[] theta, double[] gradient) {
    Hyper hyper = Hyper.ofLogs(theta);
    double[][] columns = new double[d][n];
    for (int i = 0; i < n; i++) {
      double[] bent = hyper.bent(cube, data.x()[i]);
      for (int k = 0; k < d; k++) {
        columns[k][i] = bent[k];
      }
    }
    double[][] distance = distances(columns, hyper.rates());
    double amplitude = hyper.amplitude();
    double[][] upper = new double[n][n];
    double[][] slopes = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] row = upper[i];
      row[i] = amplitude + Hyper.MEAN_VARIANCE + hyper.noise() + data.known()[i] + JITTER;
      for (int j = i + 1; j < n; j++) {
        double decay = Matern.decay(distance[i][j]);
        row[j] = amplitude * Matern.value(distance[i][j], decay) + Hyper.MEAN_VARIANCE;
        slopes[i][j] = amplitude * Matern.slope(distance[i][j], decay);
      }
    }
    double[][] kernel = new double[n][];
    for (int i = 0; i < n; i++) {
      kernel[i] = upper[i].clone();
    }
    Cholesky cholesky = Cholesky.factor(upper);
    if (cholesky == null) {
      return Double.POSITIVE_INFINITY;
    }
    double[] alpha = data.y().clone();
    cholesky.forward(alpha);
    double quadratic = Cholesky.dot(alpha, alpha, 0, n);
    cholesky.backward(alpha);
    double result = 0.5 * quadratic + cholesky.halfLogDeterminant();

    // The weight of each pair's covariance in the gradient; with its slope, that of its distance.
    double[][] inverse = cholesky.inverse();
    double trace = 0;
    double byAmplitude = 0;
    for (int i = 0; i < n; i++) {
      trace += inverse[i][i] - alpha[i] * alpha[i];
      for (int j = i + 1; j < n; j++) {
        double weight = inverse[i][j] - alpha[i] * alpha[j];
        byAmplitude += weight * (kernel[i][j] - Hyper.MEAN_VARIANCE);
        slopes[i][j] *= weight;
        slopes[j][i] = slopes[i][j];
      }
    }
    for (int k = 0; k < d; k++) {
      result += coordinate(k, theta, hyper, columns[k], slopes, gradient);
    }
    gradient[3 * d] = 0.5 * trace * amplitude + byAmplitude - (1 - amplitude);
    result -= theta[3 * d] - amplitude;
    gradient[3 * d + 1] = 0.5 * trace * hyper.noise() - (0.1 - 30 * hyper.noise());
    result -= 0.1 * theta[3 * d + 1] - 30 * hyper.noise();
    return result;
  }

  private double[][] distances(double[][] columns, double[] rates) {
    double[][] distance = new double[n][n];
    for (int k = 0; k < d; k++) {
      double[] column = columns[k];
      double rate = rates[k];
      boolean unordered = cube.unordered()[k];
      for (int i = 0; i < n; i++) {
        double[] row = distance[i];
        double at = column[i];
        for (int j = i + 1; j < n; j++) {
          double difference = unordered ? (column[j] == at ? 0 : 1) : column[j] - at;
          row[j] += rate * difference * difference;
        }
      }
    }
    return distance;
  }

  /** Fills in a coordinate's part of the gradient and gives its part of the prior. */
  private double coordinate(
      int k, double[] theta, Hyper hyper, double[] column, double[][] weights, double[] gradient) {
    double rate = hyper.rates()[k];
    double byRate = 0;
    double byA = 0;
    double byB = 0;
    boolean bends = warped && !cube.unordered()[k];
    for (int i = 0; i < n; i++) {
      double[] row = weights[i];
      double at = column[i];
      if (cube.unordered()[k]) {
        for (int j = 0; j < n; j++) {
          byRate += column[j] == at ? 0 : 0.5 * row[j];
        }
        continue;
      }
      double pull = 0;
      double total = 0;
      for (int j = 0; j < n; j++) {
        total += row[j];
        pull += row[j] * column[j];
      }
      pull = at * total - pull;
      byRate += at * pull;
      if (bends) {
        double x = data.x()[i][k];
        byA += 2 * rate * pull * Bend.byLogA(x, hyper.a()[k], hyper.b()[k]);
        byB += 2 * rate * pull * Bend.byLogB(x, hyper.a()[k], hyper.b()[k]);
      }
    }
    double logA = theta[d + k];
    double logB = theta[2 * d + k];
    gradient[k] = rate * byRate - 0.1 / rate + 0.1 * rate;
    gradient[d + k] = bends ? byA + logA / WARP_VARIANCE : 0;
    gradient[2 * d + k] = bends ? byB + logB / WARP_VARIANCE : 0;
    double bent = bends ? (logA * logA + logB * logB) / (2 * WARP_VARIANCE) : 0;
    return 0.1 / rate + 0.1 * rate + bent;
  }
}
