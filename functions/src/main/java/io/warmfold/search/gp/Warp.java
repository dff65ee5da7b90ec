package io.warmfold.search.gp;

import java.util.Arrays;

/**
 * Brings costs to the model's scale: above the median their distance to it is shrunk
 * logarithmically, because how bad a bad trial is says little about where the good ones are; then
 * they are standardised. Below the median it is linear, so that improvements keep their
 * proportions. (The idea of output warping: Snelson, Rasmussen and Ghahramani, Warped Gaussian
 * Processes, 2003; one-sided as in Vizier's bandit, Song et al., 2024.)
 *
 * @param bend the median, from which on costs are shrunk
 * @param unit the distance to the median at which the slope has fallen to a half
 * @param mean of the shrunk distances to the median
 * @param spread their standard deviation
 */
record Warp(double bend, double unit, double mean, double spread) {

  /** The warp of some finite costs, at least one. */
  static Warp of(double[] costs) {
    double[] sorted = costs.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = n % 2 == 1 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]);
    double unit = median - sorted[0];
    if (!(unit > 0)) {
      unit = sorted[n - 1] - median;
    }
    if (!(unit > 0) || !Double.isFinite(unit)) {
      unit = 1;
    }
    Warp raw = new Warp(median, unit, 0, 1);
    double mean = 0;
    for (double cost : sorted) {
      mean += raw.value(cost) / n;
    }
    double variance = 0;
    for (double cost : sorted) {
      double difference = raw.value(cost) - mean;
      variance += difference * difference / n;
    }
    double spread = Math.sqrt(variance);
    return new Warp(median, unit, mean, spread > 0 && Double.isFinite(spread) ? spread : 1);
  }

  /** A cost in the model's scale. */
  double value(double cost) {
    double above = cost - bend;
    double shrunk = above > 0 ? unit * StrictMath.log1p(above / unit) : above;
    return (shrunk - mean) / spread;
  }

  /** The derivative of {@link #value}. */
  double slope(double cost) {
    double above = cost - bend;
    return (above > 0 ? 1 / (1 + above / unit) : 1) / spread;
  }
}
