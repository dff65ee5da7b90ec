package io.warmfold.local.sagemaker.xgboost;

import static java.util.Map.entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The hyperparameters of a job, checked as the image checks them: known names, types, ranges, and
 * what must go with what.
 *
 * @param rounds {@code num_round}
 * @param earlyStopping {@code early_stopping_rounds}
 * @param evalMetrics {@code eval_metric} in the order given; empty when it is not
 * @param weights whether the second column of CSV data is a weight
 * @param saveOnTermination whether the model so far is saved when the job is stopped
 * @param booster what is handed to XGBoost as it is
 */
record HyperParameters(
    int rounds,
    Optional<Integer> earlyStopping,
    List<String> evalMetrics,
    boolean weights,
    boolean saveOnTermination,
    Map<String, String> booster) {

  HyperParameters {
    Objects.requireNonNull(earlyStopping);
    evalMetrics = List.copyOf(evalMetrics);
    booster = Map.copyOf(booster);
  }

  private static final Map<String, String> ALIASES =
      Map.of(
          "learning_rate", "eta",
          "min_split_loss", "gamma",
          "reg_lambda", "lambda",
          "reg_alpha", "alpha");

  private static final Map<String, Interval> INTEGERS =
      Map.ofEntries(
          entry("num_round", Interval.atLeast(1)),
          entry("csv_weights", Interval.closed(0, 1)),
          entry("early_stopping_rounds", Interval.atLeast(1)),
          entry("verbosity", Interval.closed(0, 3)),
          entry("nthread", Interval.atLeast(1)),
          entry("max_depth", Interval.atLeast(0)),
          entry("refresh_leaf", Interval.closed(0, 1)),
          entry("max_leaves", Interval.atLeast(0)),
          entry("max_bin", Interval.atLeast(0)),
          entry("one_drop", Interval.closed(0, 1)),
          entry("num_class", Interval.atLeast(2)),
          entry("_kfold", Interval.atLeast(2)),
          entry("_num_cv_round", Interval.atLeast(1)),
          entry("seed", Interval.open(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          entry("num_parallel_tree", Interval.atLeast(1)),
          entry("prob_buffer_row", Interval.above(1)));

  private static final Map<String, Interval> NUMBERS =
      Map.ofEntries(
          entry("eta", Interval.closed(0, 1)),
          entry("gamma", Interval.atLeast(0)),
          entry("min_child_weight", Interval.atLeast(0)),
          entry("max_delta_step", Interval.atLeast(0)),
          entry("subsample", Interval.openClosed(0, 1)),
          entry("colsample_bytree", Interval.openClosed(0, 1)),
          entry("colsample_bylevel", Interval.openClosed(0, 1)),
          entry("colsample_bynode", Interval.openClosed(0, 1)),
          entry("lambda", Interval.atLeast(0)),
          entry("alpha", Interval.atLeast(0)),
          entry("sketch_eps", Interval.open(0, 1)),
          entry("scale_pos_weight", Interval.above(0)),
          entry("rate_drop", Interval.closed(0, 1)),
          entry("skip_drop", Interval.closed(0, 1)),
          entry("lambda_bias", Interval.closed(0, 1)),
          entry("tweedie_variance_power", Interval.open(1, 2)),
          entry("base_score", Interval.atLeast(0)),
          entry("aft_loss_distribution_scale", Interval.atLeast(0)));

  private static final Map<String, List<String>> CHOICES =
      Map.ofEntries(
          entry("booster", List.of("gbtree", "gblinear", "dart")),
          entry("tree_method", List.of("auto", "exact", "approx", "hist", "gpu_hist")),
          entry("dsplit", List.of("row", "col")),
          entry("process_type", List.of("default", "update")),
          entry("grow_policy", List.of("depthwise", "lossguide")),
          entry("predictor", List.of("auto", "cpu_predictor", "gpu_predictor")),
          entry("sample_type", List.of("uniform", "weighted")),
          entry("normalize_type", List.of("tree", "forest")),
          entry(
              "objective",
              List.of(
                  "aft_loss_distribution",
                  "binary:logistic",
                  "binary:logitraw",
                  "binary:hinge",
                  "count:poisson",
                  "multi:softmax",
                  "multi:softprob",
                  "rank:pairwise",
                  "rank:ndcg",
                  "rank:map",
                  "reg:linear",
                  "reg:squarederror",
                  "reg:logistic",
                  "reg:gamma",
                  "reg:pseudohubererror",
                  "reg:squaredlogerror",
                  "reg:absoluteerror",
                  "reg:tweedie",
                  "survival:aft",
                  "survival:cox")),
          entry("save_model_on_termination", List.of("true", "false")),
          entry("aft_loss_distribution", List.of("normal", "logistic", "extreme")),
          entry("deterministic_histogram", List.of("true", "false")),
          entry("sampling_method", List.of("uniform", "gradient_based")),
          entry("use_dask_gpu_training", List.of("true", "false")));

  private static final Set<String> OTHERS =
      Set.of(
          "updater",
          "monotone_constraints",
          "interaction_constraints",
          "eval_metric",
          "_tuning_objective_metric");

  /** What the image keeps to itself or XGBoost no longer knows. */
  private static final Set<String> NOT_FOR_BOOSTER =
      Set.of(
          "num_round",
          "csv_weights",
          "early_stopping_rounds",
          "eval_metric",
          "save_model_on_termination",
          "use_dask_gpu_training",
          "_tuning_objective_metric",
          "_num_cv_round",
          "predictor",
          "sketch_eps",
          "dsplit",
          "deterministic_histogram",
          "prob_buffer_row",
          "lambda_bias");

  /**
   * Checks a job's hyperparameters.
   *
   * @param given as the job has them, all strings
   */
  static HyperParameters check(Map<String, String> given) throws UserError {
    Map<String, String> all = new LinkedHashMap<>();
    given.forEach((name, value) -> all.put(ALIASES.getOrDefault(name, name), value));
    if (!all.containsKey("num_round")) {
      throw new UserError("Missing required hyperparameter: num_round");
    }
    for (var parameter : all.entrySet()) {
      checkOne(parameter.getKey(), parameter.getValue());
    }
    List<String> metrics = list(all.get("eval_metric"));
    Together.check(all, metrics);
    if (all.containsKey("_kfold")) {
      throw new UserError("Hyperparameter _kfold: the image's own folds are not run locally");
    }
    if (all.getOrDefault("tree_method", "").equals("gpu_hist")
        || all.getOrDefault("use_dask_gpu_training", "false").equals("true")) {
      throw new UserError("There is no GPU on a local instance");
    }
    Map<String, String> booster = new LinkedHashMap<>(all);
    booster.keySet().removeAll(NOT_FOR_BOOSTER);
    booster.replaceAll((name, value) -> value.strip());
    return new HyperParameters(
        Integer.parseInt(all.get("num_round").strip()),
        Optional.ofNullable(all.get("early_stopping_rounds")).map(n -> Integer.valueOf(n.strip())),
        metrics,
        all.getOrDefault("csv_weights", "0").strip().equals("1"),
        all.getOrDefault("save_model_on_termination", "false").equals("true"),
        booster);
  }

  private static void checkOne(String name, String value) throws UserError {
    Interval range = INTEGERS.containsKey(name) ? INTEGERS.get(name) : NUMBERS.get(name);
    if (range != null) {
      double number = number(name, value, INTEGERS.containsKey(name));
      if (!range.contains(number)) {
        throw new UserError(
            "Hyperparameter " + name + ": " + value.strip() + " is not in " + range);
      }
    } else if (CHOICES.containsKey(name)) {
      if (!CHOICES.get(name).contains(value)) {
        throw new UserError(
            "Hyperparameter " + name + ": " + value + " is not in " + quoted(CHOICES.get(name)));
      }
    } else if (!OTHERS.contains(name)) {
      throw new UserError("Extraneous hyperparameter found: " + name);
    }
  }

  private static double number(String name, String value, boolean integer) throws UserError {
    try {
      String text = value.strip();
      return integer ? Integer.parseInt(text) : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw (UserError)
          new UserError("Hyperparameter " + name + ": could not parse value (caused by ValueError)")
              .initCause(e);
    }
  }

  static List<String> list(String value) {
    return value == null ? List.of() : List.of(value.split(",", -1));
  }

  static String quoted(List<String> choices) {
    return "['" + String.join("', '", choices) + "']";
  }
}
