package io.warmfold.local.sagemaker.xgboost;

import java.util.Set;

/** The evaluation metrics of the image. */
final class Metrics {

  /** Those that are the better the larger; early stopping goes by this list, too. */
  static final Set<String> MAXIMIZED =
      Set.of(
          "accuracy",
          "auc",
          "aucpr",
          "balanced_accuracy",
          "f1",
          "f1_binary",
          "f1_macro",
          "map",
          "ndcg",
          "precision",
          "r2",
          "recall",
          "precision_macro",
          "precision_micro",
          "recall_macro",
          "recall_micro");

  static final Set<String> MINIMIZED =
      Set.of(
          "aft-nloglik",
          "cox-nloglik",
          "error",
          "gamma-deviance",
          "gamma-nloglik",
          "interval-regression-accuracy",
          "logloss",
          "mae",
          "mape",
          "merror",
          "mlogloss",
          "mphe",
          "mse",
          "poisson-nloglik",
          "rmse",
          "rmsle",
          "tweedie-nloglik");

  /** Those that XGBoost does not have and the image computes; the rest XGBoost computes. */
  static final Set<String> COMPUTED =
      Set.of(
          "accuracy",
          "balanced_accuracy",
          "f1",
          "f1_binary",
          "f1_macro",
          "mse",
          "precision",
          "precision_macro",
          "precision_micro",
          "r2",
          "recall",
          "recall_macro",
          "recall_micro");

  private static final Set<String> WITH_THRESHOLD = Set.of("error", "ndcg", "map");

  private Metrics() {}

  /** Refuses a name that the image does not take as {@code eval_metric}. */
  static boolean known(String metric) throws UserError {
    if (metric.contains("<function")) {
      throw new UserError("User defined evaluation metric " + metric + " is not supported yet.");
    }
    int at = metric.indexOf('@');
    if (at < 0) {
      return MAXIMIZED.contains(metric) || MINIMIZED.contains(metric);
    }
    String name = metric.substring(0, at).strip();
    if (!WITH_THRESHOLD.contains(name)) {
      throw new UserError(
          "Metric '"
              + metric
              + "' is not supported. Parameter 'eval_metric' with customized threshold should be"
              + " one of these options: 'error', 'ndcg', 'map'.");
    }
    try {
      Double.parseDouble(metric.substring(at + 1).strip());
      return true;
    } catch (NumberFormatException e) {
      throw (UserError)
          new UserError("Threshold value 't' in '" + name + "@t' expects float input.")
              .initCause(e);
    }
  }
}
