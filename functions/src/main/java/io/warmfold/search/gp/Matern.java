package io.warmfold.search.gp;

/**
 * The Matérn kernel of smoothness 5/2 as a function of the squared, scaled distance (Rasmussen and
 * Williams, Gaussian Processes for Machine Learning, eq. 4.17).
 */
final class Matern {

  private static final double ROOT5 = Math.sqrt(5);

  private Matern() {}

  /** The correlation at a squared distance. */
  static double value(double r2) {
    double s = ROOT5 * Math.sqrt(r2);
    return (1 + s + s * s / 3) * StrictMath.exp(-s);
  }

  /** The derivative of {@link #value} by the squared distance. */
  static double slope(double r2) {
    double s = ROOT5 * Math.sqrt(r2);
    return -5.0 / 6 * (1 + s) * StrictMath.exp(-s);
  }
}
