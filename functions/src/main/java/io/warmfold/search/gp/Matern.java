package io.warmfold.search.gp;

/**
 * The Matérn kernel as a function of the squared, scaled distance (Rasmussen and Williams, Gaussian
 * Processes for Machine Learning, 2006, eq. 4.17).
 */
enum Matern {
  /** Of smoothness 3/2: functions that have a slope, and may have a kink in it. */
  THREE_HALVES(3) {
    @Override
    void shape(double[] r2, double[] decay, double[] into, int from, int to) {
      for (int j = from; j < to; j++) {
        into[j] = (1 - into[j]) * decay[j];
      }
    }

    @Override
    void slopes(double[] r2, double[] decay, double[] into, int from, int to) {
      for (int j = from; j < to; j++) {
        into[j] = -1.5 * decay[j];
      }
    }
  },

  /** Of smoothness 5/2: functions that have a curvature. */
  FIVE_HALVES(5) {
    @Override
    void shape(double[] r2, double[] decay, double[] into, int from, int to) {
      for (int j = from; j < to; j++) {
        into[j] = (1 - into[j] + 5.0 / 3 * r2[j]) * decay[j];
      }
    }

    @Override
    void slopes(double[] r2, double[] decay, double[] into, int from, int to) {
      double root = root();
      for (int j = from; j < to; j++) {
        into[j] = -5.0 / 6 * (1 + root * Math.sqrt(r2[j])) * decay[j];
      }
    }
  };

  private final double root;

  Matern(int square) {
    this.root = Math.sqrt(square);
  }

  double root() {
    return root;
  }

  /**
   * The correlations at many squared distances.
   *
   * @param decay receives their exponentials, which {@link #slopes} needs
   * @param into receives them; all three are different arrays
   */
  void values(double[] r2, double[] decay, double[] into, int from, int to) {
    for (int j = from; j < to; j++) {
      into[j] = -root * Math.sqrt(r2[j]);
    }
    Exp.all(into, decay, from, to);
    shape(r2, decay, into, from, to);
  }

  /** Replaces the exponents −root·√r² by the correlations. */
  abstract void shape(double[] r2, double[] decay, double[] into, int from, int to);

  /**
   * The derivatives of the correlations by the squared distances.
   *
   * @param decay as {@link #values} gave it
   */
  abstract void slopes(double[] r2, double[] decay, double[] into, int from, int to);
}
