package io.warmfold.search.gp;

/**
 * What the density of the standard normal distribution is to its upper tail: φ(x)/Φ(−x) = x + c(x),
 * the inverse of Mills' ratio, from which all that the expected improvement needs can be had
 * without cancellation.
 *
 * <p>(1 + x)·c(x) is smooth from 0.8 at 0 to 1 at infinity. It is a Chebyshev series in (x − 4)/(x
 * + 4) (as Shepherd and Laframboise have it of the complementary error function, Chebyshev
 * approximation of (1 + 2x)·exp(x²)·erfc(x) in 0 ≤ x &lt; ∞, 1981), whose coefficients are worked
 * out here: by interpolation of the continued fraction (Abramowitz and Stegun 26.2.14), and near 0
 * of the series of the distribution (26.2.11). Relative error below 1e-14.
 */
final class Mills {

  private static final int TERMS = 26;
  private static final double MIDDLE = 4;

  /** Keeps the series' argument from being infinity over infinity. */
  private static final double FAR = 1e100;

  private static final double[] COEFFICIENTS = new double[TERMS];

  static {
    for (int node = 0; node < TERMS; node++) {
      double angle = Math.PI * (node + 0.5) / TERMS;
      double t = StrictMath.cos(angle);
      double x = MIDDLE * (1 + t) / (1 - t);
      double value = (1 + x) * (x < 1 ? bySeries(x) : byFraction(x));
      for (int k = 0; k < TERMS; k++) {
        COEFFICIENTS[k] += (k == 0 ? 1.0 : 2.0) / TERMS * value * StrictMath.cos(k * angle);
      }
    }
  }

  private Mills() {}

  /** c(x), at x from 0 on. */
  static double excess(double x) {
    double[] c = new double[1];
    excess(new double[] {x}, c);
    return c[0];
  }

  /**
   * c at many x from 0 on, by Clenshaw's recurrence, each step of which runs over all of them.
   *
   * @param c receives them; another array
   */
  static void excess(double[] x, double[] c) {
    int n = x.length;
    double[] twice = new double[n];
    double[] last = new double[n];
    double[] lastButOne = new double[n];
    for (int j = 0; j < n; j++) {
      double near = Math.min(x[j], FAR);
      twice[j] = 2 * (near - MIDDLE) / (near + MIDDLE);
    }
    for (int k = TERMS - 1; k > 0; k--) {
      double coefficient = COEFFICIENTS[k];
      for (int j = 0; j < n; j++) {
        double next = twice[j] * last[j] + (coefficient - lastButOne[j]);
        lastButOne[j] = last[j];
        last[j] = next;
      }
    }
    for (int j = 0; j < n; j++) {
      double sum = 0.5 * twice[j] * last[j] + (COEFFICIENTS[0] - lastButOne[j]);
      c[j] = sum / (1 + x[j]);
    }
  }

  /** x + 1/(x + 2/(x + 3/(x + …))) less x. */
  private static double byFraction(double x) {
    int terms = (int) (12 + 500 / (x * x));
    double c = 0;
    for (int k = terms; k >= 1; k--) {
      c = k / (x + c);
    }
    return c;
  }

  /** Of Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …). */
  private static double bySeries(double x) {
    double term = x;
    double sum = x;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x * x / (2 * k + 1);
      sum += term;
    }
    double density = Normal.density(x);
    return density / (0.5 - density * sum) - x;
  }
}
