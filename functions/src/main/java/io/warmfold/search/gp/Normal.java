package io.warmfold.search.gp;

/** The standard normal distribution, and what expected improvement needs of it far in its tail. */
final class Normal {

  private static final double LOG_ROOT_2PI = 0.9189385332046727;
  private static final double TAIL = -3;

  private Normal() {}

  /** The density φ(z). */
  static double density(double z) {
    return StrictMath.exp(-0.5 * z * z - LOG_ROOT_2PI);
  }

  /** log φ(z). */
  static double logDensity(double z) {
    return -0.5 * z * z - LOG_ROOT_2PI;
  }

  /** Φ(z)/exp(logOver), also where both are too small for a double. */
  static double cumulativeOver(double z, double logOver) {
    if (z < TAIL) {
      return StrictMath.exp(logDensity(z) - logOver) / (-z + fraction(-z));
    }
    return cumulative(z) * StrictMath.exp(-logOver);
  }

  /**
   * The distribution Φ(z): between −3 and 3 its series (Abramowitz and Stegun 26.2.11), beyond by
   * the continued fraction of Mills' ratio (26.2.14).
   */
  static double cumulative(double z) {
    if (z < TAIL) {
      return density(z) / (-z + fraction(-z));
    }
    if (z > -TAIL) {
      return 1 - density(z) / (z + fraction(z));
    }
    double term = z;
    double sum = z;
    for (int k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
      term *= z * z / (2 * k + 1);
      sum += term;
    }
    return 0.5 + density(z) * sum;
  }

  /** What follows x in the continued fraction x + 1/(x + 2/(x + 3/(x + …))) = φ(x)/Φ(−x). */
  private static double fraction(double x) {
    int terms = (int) (12 + 500 / (x * x));
    double c = 0;
    for (int k = terms; k >= 1; k--) {
      c = k / (x + c);
    }
    return c;
  }

  /**
   * log(φ(z) + z·Φ(z)): the logarithm of the expected improvement of a unit normal over a best that
   * lies z above its mean (Jones, Schonlau and Welch, 1998). Exact in relative terms however small
   * z is: with φ/Φ(−x) = x + c, the sum is φ(x)·c/(x + c), in which nothing cancels (the concern of
   * Ament et al., Unexpected Improvements to Expected Improvement, 2023).
   */
  static double logImprovement(double z) {
    if (z < TAIL) {
      double c = fraction(-z);
      return -0.5 * z * z - LOG_ROOT_2PI + StrictMath.log(c / (c - z));
    }
    return StrictMath.log(density(z) + z * cumulative(z));
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
