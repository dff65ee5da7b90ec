package io.warmfold.search.gp;

/**
 * The Matérn kernel as a function of the squared, scaled distance (Rasmussen and Williams, Gaussian
 * Processes for Machine Learning, 2006, eq. 4.17).
 */
enum Matern {
  /** Of smoothness 3/2: functions that have a slope, and may have a kink in it. */
  THREE_HALVES(3) {
    @Override
    double value(double r2, double decay) {
      return (1 + root() * Math.sqrt(r2)) * decay;
    }

    @Override
    double slope(double r2, double decay) {
      return -1.5 * decay;
    }
  },

  /** Of smoothness 5/2: functions that have a curvature. */
  FIVE_HALVES(5) {
    @Override
    double value(double r2, double decay) {
      return (1 + root() * Math.sqrt(r2) + 5.0 / 3 * r2) * decay;
    }

    @Override
    double slope(double r2, double decay) {
      return -5.0 / 6 * (1 + root() * Math.sqrt(r2)) * decay;
    }
  };

  private final double root;

  Matern(int square) {
    this.root = Math.sqrt(square);
  }

  double root() {
    return root;
  }

  /** The exponential that both {@link #value(double, double)} and its slope need. */
  double decay(double r2) {
    return Exp.of(-root * Math.sqrt(r2));
  }

  /** The correlation at a squared distance. */
  double value(double r2) {
    return value(r2, decay(r2));
  }

  abstract double value(double r2, double decay);

  /** The derivative of the correlation by the squared distance. */
  double slope(double r2) {
    return slope(r2, decay(r2));
  }

  abstract double slope(double r2, double decay);
}
