package io.warmfold.search.gp;

/**
 * The Kumaraswamy warp of a coordinate, w = 1 − (1 − x^a)^b, by which a model whose smoothness is
 * the same everywhere learns a function that changes faster at one end (Snoek, Swersky, Zemel and
 * Adams, Input warping for Bayesian optimization of non-stationary functions, 2014). Outside of [0,
 * 1] it goes on with slope 1.
 */
final class Bend {

  private static final double EDGE = 1e-4;

  private Bend() {}

  private static double inside(double x) {
    return EDGE + (1 - 2 * EDGE) * Math.clamp(x, 0, 1);
  }

  static double value(double x, double a, double b) {
    if (a == 1 && b == 1) {
      return x;
    }
    return 1 - StrictMath.pow(1 - StrictMath.pow(inside(x), a), b) + (x - Math.clamp(x, 0, 1));
  }

  /** The derivative by x. */
  static double slope(double x, double a, double b) {
    if ((a == 1 && b == 1) || x < 0 || x > 1) {
      return 1;
    }
    double t = inside(x);
    double power = StrictMath.pow(t, a);
    return (1 - 2 * EDGE) * a * b * power / t * StrictMath.pow(1 - power, b - 1);
  }

  /** The derivative by log a. */
  static double byLogA(double x, double a, double b) {
    double t = inside(x);
    double power = StrictMath.pow(t, a);
    return a * b * power * StrictMath.log(t) * StrictMath.pow(1 - power, b - 1);
  }

  /** The derivative by log b. */
  static double byLogB(double x, double a, double b) {
    double rest = 1 - StrictMath.pow(inside(x), a);
    return -b * StrictMath.pow(rest, b) * StrictMath.log(rest);
  }
}
