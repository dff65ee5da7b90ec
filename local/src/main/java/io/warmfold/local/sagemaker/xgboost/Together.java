package io.warmfold.local.sagemaker.xgboost;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the image asks of hyperparameters that depend on one another, and of lists. */
final class Together {

  private static final Set<String> LINEAR_UPDATERS = Set.of("shotgun", "coord_descent");
  private static final Set<String> UPDATE_UPDATERS = Set.of("refresh", "prune");
  private static final Set<String> GROWERS =
      Set.of("grow_colmaker", "distcol", "grow_histmaker", "grow_quantile_histmaker");
  private static final Set<String> TREE_UPDATERS =
      Set.of(
          "grow_colmaker", "distcol", "grow_histmaker", "grow_skmaker", "sync", "refresh", "prune");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  private Together() {}

  static void check(Map<String, String> all, List<String> metrics) throws UserError {
    for (String metric : metrics) {
      if (!Metrics.known(metric)) {
        throw new UserError("Hyperparameter eval_metric: value " + metric + " not in range");
      }
    }
    objective(all, metrics);
    updaters(all);
    String method = all.getOrDefault("tree_method", "");
    if (all.containsKey("monotone_constraints")) {
      numbers("monotone_constraints", all.get("monotone_constraints"), Interval.closed(-1, 1));
      if (!Set.of("exact", "hist").contains(method)) {
        throw new UserError(
            "monotone_constraints can be used only when the tree_method parameter is set to either"
                + " 'exact' or 'hist'.");
      }
    }
    if (all.containsKey("interaction_constraints")) {
      numbers("interaction_constraints", all.get("interaction_constraints"), Interval.atLeast(1));
      if (!Set.of("exact", "hist", "approx").contains(method)) {
        throw new UserError(
            "interaction_constraints can be used only when the tree_method parameter is set to"
                + " either 'exact', 'hist' or 'approx'.");
      }
    }
  }

  private static void objective(Map<String, String> all, List<String> metrics) throws UserError {
    String objective = all.getOrDefault("objective", "");
    if (objective.startsWith("multi:") && !all.containsKey("num_class")) {
      throw new UserError("Require input for parameter 'num_class' for multi-classification");
    }
    if (metrics.contains("auc")
        && !(objective.startsWith("binary:") || objective.startsWith("rank:"))) {
      throw new UserError(
          "Metric 'auc' can only be applied for classification and ranking problems.");
    }
    if (metrics.contains("aft-nloglik") && !objective.equals("survival:aft")) {
      throw new UserError("Metric 'aft-nloglik' can only be applied for 'survival:aft' objective.");
    }
  }

  private static void updaters(Map<String, String> all) throws UserError {
    List<String> updaters = HyperParameters.list(all.get("updater"));
    if (updaters.isEmpty()) {
      return;
    }
    for (String updater : updaters) {
      if (!TREE_UPDATERS.contains(updater) && !LINEAR_UPDATERS.contains(updater)) {
        throw new UserError("Hyperparameter updater: value " + updaters + " not in range");
      }
    }
    if (all.getOrDefault("booster", "").equals("gblinear")) {
      if (updaters.size() != 1 || !LINEAR_UPDATERS.contains(updaters.getFirst())) {
        throw new UserError(
            "Linear updater should be one of these options: 'shotgun', 'coord_descent'.");
      }
    } else if (all.getOrDefault("process_type", "").equals("update")) {
      if (!UPDATE_UPDATERS.containsAll(updaters)) {
        throw new UserError(
            "process_type 'update' can only be used with updater 'refresh' and 'prune'");
      }
    } else if (!TREE_UPDATERS.containsAll(updaters)) {
      throw new UserError(
          "Tree updater should be selected from these options: 'grow_colmaker', 'distcol',"
              + " 'grow_histmaker', 'grow_skmaker', 'sync', 'refresh', 'prune'.");
    } else if (updaters.stream().filter(GROWERS::contains).count() > 1) {
      throw new UserError(
          "Only one tree grow plugin can be selected. Choose one from: 'grow_colmaker', 'distcol',"
              + " 'grow_histmaker', 'grow_skmaker'");
    }
  }

  private static void numbers(String name, String value, Interval range) throws UserError {
    if (!value.matches("[\\s\\d(),\\[\\]-]*")) {
      throw new UserError(
          "Hyperparameter " + name + ": could not parse value (caused by ValueError)");
    }
    Matcher number = NUMBER.matcher(value);
    while (number.find()) {
      if (!range.contains(Double.parseDouble(number.group()))) {
        throw new UserError("Hyperparameter " + name + ": value " + value + " not in range");
      }
    }
  }
}
