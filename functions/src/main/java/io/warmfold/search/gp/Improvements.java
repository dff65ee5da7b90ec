package io.warmfold.search.gp;

/**
 * The expected improvements φ(z) + z·Φ(z) of unit normals over bests that lie z above their means
 * (Jones, Schonlau and Welch, 1998), and their mean. All are kept over a common factor, so that
 * they are exact in relative terms however unlikely any improvement is (the concern of Ament et
 * al., Unexpected Improvements to Expected Improvement, 2023). Not thread-safe.
 */
final class Improvements {

  /** Down to here a density is far from the least that a double can be. */
  private static final double FAR = -30;

  private final double[] density;
  private final double[] cumulative;
  private final double[] x;
  private final double[] excess;
  private double sum;

  Improvements(int terms) {
    this.density = new double[terms];
    this.cumulative = new double[terms];
    this.x = new double[terms];
    this.excess = new double[terms];
  }

  /**
   * Works all of it out, in place of what was before.
   *
   * @param z one for each term
   * @return the logarithm of the mean
   */
  double logMean(double... z) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double one : z) {
      greatest = Math.max(greatest, one);
    }
    double factor = greatest > FAR ? 0 : Normal.logDensity(greatest);
    for (int s = 0; s < z.length; s++) {
      cumulative[s] = Normal.logDensity(z[s]) - factor;
      x[s] = Math.abs(z[s]);
    }
    Exp.all(cumulative, density, 0, z.length);
    Mills.excess(x, excess);
    sum = 0;
    for (int s = 0; s < z.length; s++) {
      double tail = density[s] / (x[s] + excess[s]);
      if (z[s] < 0) {
        // With φ/Φ(−x) = x + c the sum φ − x·Φ is c·Φ, in which nothing cancels.
        cumulative[s] = tail;
        sum += excess[s] * tail;
      } else {
        cumulative[s] = 1 - tail;
        sum += density[s] + z[s] * cumulative[s];
      }
    }
    return factor + StrictMath.log(sum / z.length);
  }

  /** A term's Φ(z) over the sum of all improvements. */
  double cumulative(int term) {
    return cumulative[term] / sum;
  }

  /** A term's φ(z) over the sum of all improvements. */
  double density(int term) {
    return density[term] / sum;
  }
}
