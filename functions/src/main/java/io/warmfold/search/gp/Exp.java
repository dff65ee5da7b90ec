package io.warmfold.search.gp;

/**
 * The exponential function for arguments that are not positive, in basic arithmetic alone, so that
 * it is the same to the last bit everywhere, as StrictMath's is, and several times as fast: x =
 * k·ln 2 + r with |r| ≤ ½·ln 2, and the Taylor polynomial of e^r (the reduction of Cody and Waite,
 * Software Manual for the Elementary Functions, 1980, §6). Relative error below 5e-16.
 */
final class Exp {

  private static final double LOG2_E = 1.4426950408889634;
  // ln 2 in two parts; the first has so few bits that its products with k are exact.
  private static final double LN2_HIGH = 0.6931471803691238;
  private static final double LN2_LOW = 1.9082149292705877e-10;

  /** Below this power of 2 the result is taken for 0. */
  private static final double LEAST_POWER = -1021;

  private Exp() {}

  /** e to the x, at most 0; 0 below -708, where it is less than 1e-307. */
  static double of(double x) {
    double k = power(x);
    return k < LEAST_POWER ? 0 : rest(x, k) * twoToThe(k);
  }

  /**
   * The same for many: every step but the last runs over all of them, which the JIT turns into
   * vector instructions.
   *
   * @param x stays as it is
   * @param into another array
   */
  static void all(double[] x, double[] into, int from, int to) {
    for (int j = from; j < to; j++) {
      into[j] = rest(x[j], power(x[j]));
    }
    for (int j = from; j < to; j++) {
      double k = power(x[j]);
      into[j] = k < LEAST_POWER ? 0 : into[j] * twoToThe(k);
    }
  }

  private static double power(double x) {
    return Math.rint(x * LOG2_E);
  }

  private static double twoToThe(double k) {
    return Double.longBitsToDouble(((long) k + 1023) << 52);
  }

  /** e to what of x is left beside k·ln 2. */
  private static double rest(double x, double k) {
    double r = (x - k * LN2_HIGH) - k * LN2_LOW;
    double r2 = r * r;
    double r4 = r2 * r2;
    // Estrin's scheme: short chains, which the processor works on side by side.
    double low = (1 + r) + r2 * (1.0 / 2 + r * (1.0 / 6));
    double middle = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040));
    double high = (1.0 / 40320 + r * (1.0 / 362880)) + r2 * (1.0 / 3628800 + r * (1.0 / 39916800));
    double last = 1.0 / 479001600 + r * (1.0 / 6227020800.0);
    return low + r4 * (middle + r4 * (high + r4 * last));
  }
}
