package io.warmfold.search;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * What the folds have in common over all trials: the two-way layout score = trial + fold + noise,
 * fitted by alternating means (Scheffé, The Analysis of Variance, 1959, §4.1), so that a trial with
 * some of its folds can be compared with one that has others.
 *
 * @param effect the effect of each fold; they add up to zero
 * @param variance of the noise of one fold's score; 0 while it cannot be estimated
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FoldEffects(double[] effect, double variance) {

  private static final int ROUNDS = 30;

  /** The effects in some trials' scores; those that are not finite are left out. */
  static FoldEffects of(List<SortedMap<Integer, Double>> trials, int folds) {
    double[] effect = new double[folds];
    List<SortedMap<Integer, Double>> several =
        trials.stream()
            .filter(scores -> scores.size() > 1)
            .filter(scores -> scores.values().stream().allMatch(Double::isFinite))
            .toList();
    if (several.size() < 2) {
      return new FoldEffects(effect, 0);
    }
    // Trials far from the others (diverged ones) would drown the effects: they are weighted down.
    double[] level = new double[several.size()];
    double[] weight = new double[several.size()];
    for (int t = 0; t < level.length; t++) {
      weight[t] = 1 / (1e-300 + spread(several.get(t)));
    }
    double typical = median(weight);
    for (int t = 0; t < level.length; t++) {
      weight[t] = Math.clamp(weight[t] / typical, 0, 2);
    }
    for (int round = 0; round < ROUNDS; round++) {
      double[] sum = new double[folds];
      double[] count = new double[folds];
      for (int t = 0; t < level.length; t++) {
        var scores = several.get(t);
        double total = 0;
        for (var score : scores.entrySet()) {
          total += score.getValue() - effect[score.getKey()];
        }
        level[t] = total / scores.size();
        for (var score : scores.entrySet()) {
          sum[score.getKey()] += weight[t] * (score.getValue() - level[t]);
          count[score.getKey()] += weight[t];
        }
      }
      double mean = 0;
      for (int f = 0; f < folds; f++) {
        effect[f] = count[f] > 0 ? sum[f] / count[f] : 0;
        mean += effect[f] / folds;
      }
      for (int f = 0; f < folds; f++) {
        effect[f] -= mean;
      }
    }
    double[] variances = new double[level.length];
    for (int t = 0; t < level.length; t++) {
      double squares = 0;
      for (var score : several.get(t).entrySet()) {
        double residual = score.getValue() - effect[score.getKey()] - level[t];
        squares += residual * residual;
      }
      variances[t] = squares / (several.get(t).size() - 1);
    }
    double variance = median(variances);
    return Double.isFinite(variance) && Arrays.stream(effect).allMatch(Double::isFinite)
        ? new FoldEffects(effect, variance)
        : new FoldEffects(new double[folds], 0);
  }

  private static double spread(SortedMap<Integer, Double> scores) {
    double mean = scores.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double squares = 0;
    for (double score : scores.values()) {
      squares += (score - mean) * (score - mean);
    }
    return squares / (scores.size() - 1);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** The mean of a trial's scores less their folds' effects. */
  double corrected(SortedMap<Integer, Double> scores) {
    double sum = 0;
    for (var score : scores.entrySet()) {
      sum += score.getValue() - (score.getKey() < effect.length ? effect[score.getKey()] : 0);
    }
    return sum / scores.size();
  }

  /**
   * The variance of {@link #corrected} about the mean that all folds would have: that of a sample
   * of j out of K (Cochran, Sampling Techniques, 1977, §2.6).
   */
  double variance(int seen, int folds) {
    return variance * missing(seen, folds);
  }

  /** The same in units of the variance of one fold's noise. */
  static double missing(int seen, int folds) {
    return Math.max(0, 1.0 / seen - 1.0 / folds);
  }
}
