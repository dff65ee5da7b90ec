package io.warmfold.search.gp;

/** The standard normal distribution, also far in its tail. */
final class Normal {

  private static final double LOG_ROOT_2PI = 0.9189385332046727;

  /** Below, Φ is had from {@link #fraction}. */
  static final double TAIL = -3;

  /** 1/(2k + 1); at 3 the series takes fewer terms. */
  private static final double[] ODD = new double[64];

  static {
    for (int k = 0; k < ODD.length; k++) {
      ODD[k] = 1.0 / (2 * k + 1);
    }
  }

  private Normal() {}

  /** The density φ(z). */
  static double density(double z) {
    return Exp.of(logDensity(z));
  }

  /** log φ(z). */
  static double logDensity(double z) {
    return -0.5 * z * z - LOG_ROOT_2PI;
  }

  /**
   * The distribution Φ(z): between −3 and 3 its series (Abramowitz and Stegun 26.2.11), beyond by
   * the continued fraction of Mills' ratio (26.2.14).
   */
  static double cumulative(double z) {
    return cumulative(z, density(z));
  }

  /** The same where the density is at hand. */
  static double cumulative(double z, double density) {
    if (z < TAIL) {
      return density / (-z + fraction(-z));
    }
    if (z > -TAIL) {
      return 1 - density / (z + fraction(z));
    }
    double term = z;
    double sum = z;
    double square = z * z;
    for (int k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
      term *= square * ODD[k];
      sum += term;
    }
    return 0.5 + density * sum;
  }

  /** What follows x in the continued fraction x + 1/(x + 2/(x + 3/(x + …))) = φ(x)/Φ(−x). */
  static double fraction(double x) {
    int terms = (int) (12 + 500 / (x * x));
    double c = 0;
    for (int k = terms; k >= 1; k--) {
      c = k / (x + c);
    }
    return c;
  }

  /** The z at which {@link #cumulative} is p, by Newton's method; |z| is at most 8. */
  static double quantile(double p) {
    if (p > 0.5) {
      return -quantile(1 - p);
    }
    if (!(p > 1e-15)) {
      return -8;
    }
    // A start on the right side of the root (Hastings, 1955), then Newton on log Φ, which is
    // concave.
    double t = Math.sqrt(-2 * StrictMath.log(p));
    double z = -(t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t)));
    for (int i = 0; i < 4; i++) {
      double cumulative = cumulative(z);
      z -= StrictMath.log(cumulative / p) * cumulative / density(z);
    }
    return z;
  }
}
