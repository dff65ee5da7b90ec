package io.warmfold.study;

import static io.warmfold.study.Direction.MAXIMIZE;
import static io.warmfold.study.Direction.MINIMIZE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A metric that the built-in XGBoost writes for the validation channel.
 *
 * @param name as {@code eval_metric} names it
 * @param direction in which it is better
 * @param objectives the beginnings of the objectives it can be computed for; empty for all but
 *     those with several classes
 */
record XgboostMetric(String name, Direction direction, List<String> objectives) {

  /**
   * The metrics of the image's own list, with their directions as it registers them for tuning; the
   * accuracy of interval regression is the exception, registered as a loss although it is none.
   */
  static final List<XgboostMetric> ALL =
      List.of(
          of("accuracy", MAXIMIZE, "binary:", "multi:"),
          of("auc", MAXIMIZE, "binary:", "rank:"),
          of("aucpr", MAXIMIZE, "binary:", "rank:", "multi:"),
          of("balanced_accuracy", MAXIMIZE, "binary:", "multi:"),
          of("f1", MAXIMIZE, "binary:", "multi:"),
          of("f1_binary", MAXIMIZE, "binary:"),
          of("f1_macro", MAXIMIZE, "binary:", "multi:"),
          of("map", MAXIMIZE, "rank:"),
          of("ndcg", MAXIMIZE, "rank:"),
          of("precision", MAXIMIZE, "binary:"),
          of("precision_macro", MAXIMIZE, "binary:", "multi:"),
          of("precision_micro", MAXIMIZE, "binary:", "multi:"),
          of("r2", MAXIMIZE),
          of("recall", MAXIMIZE, "binary:"),
          of("recall_macro", MAXIMIZE, "binary:", "multi:"),
          of("recall_micro", MAXIMIZE, "binary:", "multi:"),
          of("aft-nloglik", MINIMIZE, "survival:aft"),
          of("cox-nloglik", MINIMIZE, "survival:cox"),
          of("error", MINIMIZE, "binary:", "reg:logistic"),
          of("gamma-deviance", MINIMIZE),
          of("gamma-nloglik", MINIMIZE),
          of("interval-regression-accuracy", MAXIMIZE, "survival:aft"),
          of("logloss", MINIMIZE, "binary:", "reg:logistic"),
          of("mae", MINIMIZE),
          of("mape", MINIMIZE),
          of("merror", MINIMIZE, "multi:"),
          of("mlogloss", MINIMIZE, "multi:"),
          of("mphe", MINIMIZE),
          of("mse", MINIMIZE),
          of("poisson-nloglik", MINIMIZE),
          of("rmse", MINIMIZE),
          of("rmsle", MINIMIZE),
          of("tweedie-nloglik", MINIMIZE));

  static Optional<XgboostMetric> named(String name) {
    return ALL.stream().filter(metric -> metric.name.equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(XgboostMetric::name).toList();
  }

  boolean fits(String objective) {
    return objectives.isEmpty()
        ? !objective.startsWith("multi:")
        : objectives.stream().anyMatch(objective::startsWith);
  }

  /** The objectives it can be computed for, in words. */
  String fitting() {
    return objectives.isEmpty()
        ? "any objective but multi:"
        : "an objective of " + String.join(", ", objectives);
  }

  private static XgboostMetric of(String name, Direction direction, String... objectives) {
    return new XgboostMetric(name, direction, Arrays.asList(objectives));
  }
}
