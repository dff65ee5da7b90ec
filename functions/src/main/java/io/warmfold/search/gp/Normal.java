package io.warmfold.search.gp;

/** The standard normal distribution, also far in its tail. */
final class Normal {

  private static final double LOG_ROOT_2PI = 0.9189385332046727;

  private Normal() {}

  /** The density φ(z). */
  static double density(double z) {
    return Exp.of(logDensity(z));
  }

  /** log φ(z). */
  static double logDensity(double z) {
    return -0.5 * z * z - LOG_ROOT_2PI;
  }

  /** The distribution Φ(z), exact in relative terms also far below 0. */
  static double cumulative(double z) {
    double x = Math.abs(z);
    double tail = density(x) / (x + Mills.excess(x));
    return z < 0 ? tail : 1 - tail;
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
