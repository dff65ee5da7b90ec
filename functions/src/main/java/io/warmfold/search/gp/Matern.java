package io.warmfold.search.gp;

/**
 * The Matérn kernel of smoothness 5/2 as a function of the squared, scaled distance (Rasmussen and
 * Williams, Gaussian Processes for Machine Learning, eq. 4.17).
 */
final class Matern {

  private static final double ROOT5 = Math.sqrt(5);

  private Matern() {}

  /** The exponential that both {@link #value(double, double)} and its slope need. */
  static double decay(double r2) {
    return Exp.of(-ROOT5 * Math.sqrt(r2));
  }

  /** The correlation at a squared distance. */
  static double value(double r2) {
    return value(r2, decay(r2));
  }

  static double value(double r2, double decay) {
    return (1 + ROOT5 * Math.sqrt(r2) + 5.0 / 3 * r2) * decay;
  }

  /** The derivative of the correlation by the squared distance. */
  static double slope(double r2) {
    return slope(r2, decay(r2));
  }

  static double slope(double r2, double decay) {
    return -5.0 / 6 * (1 + ROOT5 * Math.sqrt(r2)) * decay;
  }
}
