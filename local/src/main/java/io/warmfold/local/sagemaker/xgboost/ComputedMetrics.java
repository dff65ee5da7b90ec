package io.warmfold.local.sagemaker.xgboost;

import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics that the image computes beside XGBoost, with scikit-learn's definitions; weights do
 * not count.
 */
final class ComputedMetrics {

  /** Rows of one class: as they are, as they are predicted, and both. */
  private static final class Count {
    private int actual;
    private int predicted;
    private int hits;

    double recall() {
      return actual == 0 ? 0 : (double) hits / actual;
    }

    double precision() {
      return predicted == 0 ? 0 : (double) hits / predicted;
    }

    double f1() {
      return actual + predicted == 0 ? 0 : 2.0 * hits / (actual + predicted);
    }
  }

  private ComputedMetrics() {}

  /** Whether a metric is of predicted numbers rather than of predicted classes. */
  static boolean ofNumbers(String metric) {
    return metric.equals("mse") || metric.equals("r2");
  }

  /**
   * A metric of numbers.
   *
   * @param predictions one a row, in the scale of the labels
   */
  static double ofNumbers(String metric, float[] labels, float[][] predictions) {
    double mean = 0;
    for (float label : labels) {
      mean += label;
    }
    mean /= labels.length;
    double errors = 0;
    double spread = 0;
    for (int i = 0; i < labels.length; i++) {
      double error = (double) labels[i] - predictions[i][0];
      errors += error * error;
      spread += (labels[i] - mean) * (labels[i] - mean);
    }
    if (metric.equals("mse")) {
      return errors / labels.length;
    }
    return spread == 0 ? (errors == 0 ? 1 : 0) : 1 - errors / spread;
  }

  /**
   * A metric of classes.
   *
   * @param margins a row's raw scores: one for two classes, else one for each class
   */
  static double ofClasses(String metric, float[] labels, float[][] margins) throws UserError {
    TreeMap<Integer, Count> counts = new TreeMap<>();
    int hits = 0;
    for (int i = 0; i < labels.length; i++) {
      int actual = Math.round(labels[i]);
      int predicted = predicted(margins[i]);
      counts.computeIfAbsent(actual, c -> new Count()).actual++;
      counts.computeIfAbsent(predicted, c -> new Count()).predicted++;
      if (actual == predicted) {
        counts.get(actual).hits++;
        hits++;
      }
    }
    double accuracy = (double) hits / labels.length;
    return switch (metric) {
      // Over all classes, micro averages count every row once on both sides.
      case "accuracy", "precision_micro", "recall_micro" -> accuracy;
      case "balanced_accuracy" ->
          counts.values().stream()
              .filter(count -> count.actual > 0)
              .mapToDouble(Count::recall)
              .average()
              .orElse(0);
      case "f1", "f1_macro" -> counts.values().stream().mapToDouble(Count::f1).average().orElse(0);
      case "precision_macro" ->
          counts.values().stream().mapToDouble(Count::precision).average().orElse(0);
      case "recall_macro" ->
          counts.values().stream().mapToDouble(Count::recall).average().orElse(0);
      case "f1_binary" -> positive(counts).f1();
      case "precision" -> positive(counts).precision();
      case "recall" -> positive(counts).recall();
      default -> throw new IllegalArgumentException("not computed here: " + metric);
    };
  }

  private static Count positive(Map<Integer, Count> counts) throws UserError {
    if (counts.keySet().stream().anyMatch(c -> c != 0 && c != 1)) {
      throw new UserError(
          "Target is multiclass but average='binary'. Please choose another average setting.");
    }
    return counts.getOrDefault(1, new Count());
  }

  private static int predicted(float[] margins) {
    if (margins.length == 1) {
      return margins[0] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int c = 1; c < margins.length; c++) {
      if (margins[c] > margins[best]) {
        best = c;
      }
    }
    return best;
  }
}
