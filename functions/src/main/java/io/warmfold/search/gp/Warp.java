package io.warmfold.search.gp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Brings costs to the model's scale: above the median their distance to it is shrunk
 * logarithmically, because how bad a bad trial is says little about where the good ones are; then
 * they are standardised. Below the median it is linear, so that improvements keep their
 * proportions. (The idea of output warping: Snelson, Rasmussen and Ghahramani, Warped Gaussian
 * Processes, 2003; one-sided as in Vizier's bandit, Song et al., 2024.)
 *
 * <p>Median, mean and spread are weighted by {@link Crowd}, so that they describe the function and
 * not the place where most trials are. With the plain median a late search, whose trials differ by
 * little more than noise, would take the noise for its scale.
 *
 * @param bend the median, from which on costs are shrunk
 * @param unit the distance to the median at which the slope has fallen to a half
 * @param mean of the shrunk distances to the median
 * @param spread their standard deviation
 */
record Warp(double bend, double unit, double mean, double spread) {

  /**
   * The warp of some finite costs, at least one.
   *
   * @param weights positive, one for each cost
   */
  static Warp of(double[] costs, double[] weights) {
    int n = costs.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> costs[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double total = 0;
    for (int i : order) {
      total += weights[i];
    }
    double least = costs[order[0]];
    double greatest = costs[order[n - 1]];
    double median = median(costs, weights, order, total);
    double unit = median - least;
    if (!(unit > 0)) {
      unit = greatest - median;
    }
    if (!(unit > 0) || !Double.isFinite(unit)) {
      unit = 1;
    }
    return standardised(median, unit, costs, weights, order, total);
  }

  /** No warp: some finite costs, at least one, are only standardised. */
  static Warp linear(double[] costs) {
    double greatest = Arrays.stream(costs).max().orElseThrow();
    double[] weights = new double[costs.length];
    Arrays.fill(weights, 1);
    int[] order = IntStream.range(0, costs.length).toArray();
    return standardised(greatest, 1, costs, weights, order, costs.length);
  }

  private static Warp standardised(
      double bend, double unit, double[] costs, double[] weights, int[] order, double total) {
    Warp raw = new Warp(bend, unit, 0, 1);
    double mean = 0;
    for (int i : order) {
      mean += raw.value(costs[i]) * (weights[i] / total);
    }
    double variance = 0;
    for (int i : order) {
      double difference = raw.value(costs[i]) - mean;
      variance += difference * difference * (weights[i] / total);
    }
    double spread = Math.sqrt(variance);
    return new Warp(bend, unit, mean, spread > 0 && Double.isFinite(spread) ? spread : 1);
  }

  /** Where half of the weight lies below; between two costs their mean. */
  private static double median(double[] costs, double[] weights, int[] order, double total) {
    double half = 0.5 * total;
    double slack = 1e-9 * total;
    double below = 0;
    int at = 0;
    while (at < order.length - 1 && below + weights[order[at]] < half - slack) {
      below += weights[order[at++]];
    }
    boolean between = at < order.length - 1 && below + weights[order[at]] < half + slack;
    double cost = costs[order[at]];
    return between ? 0.5 * cost + 0.5 * costs[order[at + 1]] : cost;
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
