package io.warmfold.search.gp;

/**
 * The negative log posterior density of the kernel's parameters given the data (Rasmussen and
 * Williams, eq. 5.8 and 5.9), by their logarithms.
 *
 * <p>Priors as in Optuna's GPSampler: −(0.1/λ + 0.1·λ) for each rate, Gamma(2, 1) for the
 * amplitude, Gamma(1.1, 30) for the noise.
 */
final class Evidence implements Lbfgs.Objective {

  private static final double JITTER = 1e-9;

  private final Data data;
  private final int n;
  private final int d;
  private final double[][] squares;

  Evidence(Cube cube, Data data) {
    this.data = data;
    this.n = data.size();
    this.d = cube.dimension();
    this.squares = new double[d][n * (n - 1) / 2];
    for (int k = 0; k < d; k++) {
      int p = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          squares[k][p++] = cube.squared(k, data.x()[i][k], data.x()[j][k]);
        }
      }
    }
  }

  @Override
  public double at(double[] theta, double[] gradient) {
    Hyper hyper = Hyper.ofLogs(theta);
    double[] r2 = new double[n * (n - 1) / 2];
    for (int k = 0; k < d; k++) {
      double rate = hyper.rates()[k];
      double[] square = squares[k];
      for (int p = 0; p < r2.length; p++) {
        r2[p] += rate * square[p];
      }
    }
    double[] value = new double[r2.length];
    double[][] upper = new double[n][n];
    int p = 0;
    for (int i = 0; i < n; i++) {
      double[] row = upper[i];
      row[i] = hyper.amplitude() + Hyper.MEAN_VARIANCE + hyper.noise() + data.known()[i] + JITTER;
      for (int j = i + 1; j < n; j++, p++) {
        value[p] = hyper.amplitude() * Matern.value(r2[p]);
        row[j] = value[p] + Hyper.MEAN_VARIANCE;
      }
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

    double[][] inverse = cholesky.inverse();
    double[] byDistance = new double[r2.length];
    double trace = 0;
    double byAmplitude = 0;
    p = 0;
    for (int i = 0; i < n; i++) {
      double[] row = inverse[i];
      double own = alpha[i];
      trace += row[i] - own * own;
      for (int j = i + 1; j < n; j++, p++) {
        double weight = row[j] - own * alpha[j];
        byAmplitude += weight * value[p];
        byDistance[p] = weight * hyper.amplitude() * Matern.slope(r2[p]);
      }
    }
    for (int k = 0; k < d; k++) {
      double rate = hyper.rates()[k];
      gradient[k] = rate * Cholesky.dot(byDistance, squares[k], 0, byDistance.length);
      result += 0.1 / rate + 0.1 * rate;
      gradient[k] += -0.1 / rate + 0.1 * rate;
    }
    double a = hyper.amplitude();
    gradient[d] = 0.5 * trace * a + byAmplitude - (1 - a);
    result -= theta[d] - a;
    gradient[d + 1] = 0.5 * trace * hyper.noise() - (0.1 - 30 * hyper.noise());
    result -= 0.1 * theta[d + 1] - 30 * hyper.noise();
    return result;
  }
}
