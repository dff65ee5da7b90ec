package io.warmfold.search.gp;

/**
 * The expected improvements φ(z) + z·Φ(z) of unit normals over bests that lie z above their means
 * (Jones, Schonlau and Welch, 1998), and their mean. All are kept over a common factor, so that
 * they are exact in relative terms however unlikely any improvement is (the concern of Ament et
 * al., Unexpected Improvements to Expected Improvement, 2023). Immutable.
 */
final class Improvements {

  /** Down to here a density is far from the least that a double can be. */
  private static final double FAR = -30;

  private final double[] density;
  private final double[] cumulative;
  private final double sum;
  private final double logMean;

  /**
   * Works all of it out.
   *
   * @param z one for each term
   */
  Improvements(double... z) {
    int terms = z.length;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double one : z) {
      greatest = Math.max(greatest, one);
    }
    double factor = greatest > FAR ? 0 : Normal.logDensity(greatest);
    double[] exponents = new double[terms];
    double[] x = new double[terms];
    for (int s = 0; s < terms; s++) {
      exponents[s] = Normal.logDensity(z[s]) - factor;
      x[s] = Math.abs(z[s]);
    }
    density = new double[terms];
    Exp.all(exponents, density, 0, terms);
    double[] excess = new double[terms];
    Mills.excess(x, excess);
    cumulative = new double[terms];
    double total = 0;
    for (int s = 0; s < terms; s++) {
      cumulative[s] = cumulative(z[s], density[s], excess[s]);
      total += improvement(z[s], density[s], excess[s], cumulative[s]);
    }
    sum = total;
    logMean = factor + StrictMath.log(sum / terms);
  }

  /** The logarithm of each improvement by itself. */
  static double[] logs(double[] z) {
    int many = z.length;
    double[] factors = new double[many];
    double[] exponents = new double[many];
    double[] x = new double[many];
    for (int j = 0; j < many; j++) {
      double exponent = Normal.logDensity(z[j]);
      factors[j] = z[j] > FAR ? 0 : exponent;
      exponents[j] = exponent - factors[j];
      x[j] = Math.abs(z[j]);
    }
    double[] density = new double[many];
    Exp.all(exponents, density, 0, many);
    double[] excess = new double[many];
    Mills.excess(x, excess);
    double[] logs = new double[many];
    for (int j = 0; j < many; j++) {
      double cumulative = cumulative(z[j], density[j], excess[j]);
      logs[j] = factors[j] + StrictMath.log(improvement(z[j], density[j], excess[j], cumulative));
    }
    return logs;
  }

  private static double cumulative(double z, double density, double excess) {
    double tail = density / (Math.abs(z) + excess);
    return z < 0 ? tail : 1 - tail;
  }

  private static double improvement(double z, double density, double excess, double cumulative) {
    // With φ/Φ(−x) = x + c the sum φ − x·Φ is c·Φ, in which nothing cancels.
    return z < 0 ? excess * cumulative : density + z * cumulative;
  }

  /** The logarithm of their mean. */
  double logMean() {
    return logMean;
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
