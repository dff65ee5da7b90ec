package io.warmfold.study;

import io.warmfold.study.HyperParameter.Choice;
import io.warmfold.study.HyperParameter.Form;
import io.warmfold.study.HyperParameter.Real;
import io.warmfold.study.HyperParameter.Whole;
import io.warmfold.study.HyperParameter.Words;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of SageMaker's own XGBoost image, from its documentation and from the source of
 * {@code aws/sagemaker-xgboost-container} 1.7-1 to 3.0-5: the hyperparameters it accepts, its
 * metrics and its types of content.
 */
final class BuiltInXgboost {

  static final String DEFAULT_OBJECTIVE = "reg:squarederror";

  /** The channel whose metrics are scores. */
  static final String VALIDATION = "validation:";

  static final List<String> CONTENT_TYPES =
      List.of(
          "text/csv",
          "text/libsvm",
          "text/x-libsvm",
          "application/x-parquet",
          "application/x-recordio-protobuf");

  /** Other names of the same hyperparameter. */
  static final Map<String, String> ALIASES =
      Map.of(
          "learning_rate", "eta",
          "min_split_loss", "gamma",
          "reg_lambda", "lambda",
          "reg_alpha", "alpha");

  /** What decides the meaning of a score cannot differ between trials. */
  static final Set<String> NOT_TUNED =
      Set.of("objective", "num_class", "eval_metric", "csv_weights");

  /** What the image would accept and a study cannot. */
  static final Map<String, String> REFUSED =
      Map.of(
          "_kfold", "/CrossValidation makes the folds",
          "_num_cv_round", "/CrossValidation makes the folds",
          "_tuning_objective_metric", "it is made from the MetricName of the objective",
          "early_stopping_rounds",
              "the score would be of the last round while the model is of the best, and the final"
                  + " training has no fold to stop by; tune num_round");

  static final Map<String, HyperParameter> HYPER_PARAMETERS = hyperParameters();

  private BuiltInXgboost() {}

  /** Whether the last part of the image's repository is {@code sagemaker-xgboost}. */
  static boolean isImage(String uri) {
    var repository = uri.replaceFirst("@sha256:.*$", "").replaceFirst(":[^/:]*$", "");
    return repository.substring(repository.lastIndexOf('/') + 1).equals("sagemaker-xgboost");
  }

  static boolean isClassification(String objective) {
    return objective.startsWith("binary:") || objective.startsWith("multi:");
  }

  /** The metric that a score is, if it is one of the validation channel that the image knows. */
  static Optional<XgboostMetric> metricOf(String metricName) {
    return metricName.startsWith(VALIDATION)
        ? XgboostMetric.named(metricName.substring(VALIDATION.length()))
        : Optional.empty();
  }

  /** The hyperparameter that a name or an alias stands for. */
  static String canonical(String name) {
    return ALIASES.getOrDefault(name, name);
  }

  private static Map<String, HyperParameter> hyperParameters() {
    var all = new LinkedHashMap<String, HyperParameter>();
    var flag = new Whole(0, 1);
    var bool = Choice.of("true", "false");
    var positive = new Whole(1, Integer.MAX_VALUE);
    var natural = new Whole(0, Integer.MAX_VALUE);
    var fromZero = new Real(0, true, Double.POSITIVE_INFINITY, false);
    var unit = new Real(0, true, 1, true);
    var share = new Real(0, false, 1, true);
    all.put("num_round", positive);
    all.put("csv_weights", flag);
    all.put("booster", Choice.of("gbtree", "gblinear", "dart"));
    all.put("verbosity", new Whole(0, 3));
    all.put("nthread", positive);
    all.put("eta", unit);
    all.put("gamma", fromZero);
    all.put("max_depth", natural);
    all.put("min_child_weight", fromZero);
    all.put("max_delta_step", fromZero);
    all.put("subsample", share);
    all.put("colsample_bytree", share);
    all.put("colsample_bylevel", share);
    all.put("colsample_bynode", share);
    all.put("lambda", fromZero);
    all.put("alpha", fromZero);
    all.put("tree_method", Choice.of("auto", "exact", "approx", "hist", "gpu_hist"));
    all.put("sketch_eps", new Real(0, false, 1, false));
    all.put("scale_pos_weight", new Real(0, false, Double.POSITIVE_INFINITY, false));
    var updaters =
        Set.of(
            "grow_colmaker",
            "distcol",
            "grow_histmaker",
            "grow_skmaker",
            "sync",
            "refresh",
            "prune",
            "shotgun",
            "coord_descent");
    all.put("updater", new Words("updaters of XGBoost with commas between", updaters::contains));
    all.put("dsplit", Choice.of("row", "col"));
    all.put("refresh_leaf", flag);
    all.put("process_type", Choice.of("default", "update"));
    all.put("grow_policy", Choice.of("depthwise", "lossguide"));
    all.put("max_leaves", natural);
    all.put("max_bin", natural);
    all.put("predictor", Choice.of("auto", "cpu_predictor", "gpu_predictor"));
    all.put(
        "monotone_constraints",
        new Form(
            "-1, 0 or 1 for each feature, as (1,0,-1)",
            "\\(\\s*(-1|0|1)\\s*(,\\s*(-1|0|1)\\s*)*,?\\s*\\)"));
    all.put(
        "interaction_constraints",
        new Form(
            "lists of features, counted from 1, as [[1,2],[3,4]]",
            "\\[(\\s*\\[[0-9,\\s]*]\\s*,?)*\\s*]"));
    all.put("sample_type", Choice.of("uniform", "weighted"));
    all.put("normalize_type", Choice.of("tree", "forest"));
    all.put("rate_drop", unit);
    all.put("one_drop", flag);
    all.put("skip_drop", unit);
    all.put("lambda_bias", unit);
    all.put("tweedie_variance_power", new Real(1, false, 2, false));
    all.put(
        "objective",
        Choice.of(
            "reg:squarederror",
            "reg:squaredlogerror",
            "reg:absoluteerror",
            "reg:pseudohubererror",
            "reg:logistic",
            "reg:gamma",
            "reg:tweedie",
            "reg:linear",
            "count:poisson",
            "binary:logistic",
            "binary:logitraw",
            "binary:hinge",
            "multi:softmax",
            "multi:softprob",
            "rank:pairwise",
            "rank:ndcg",
            "rank:map",
            "survival:aft",
            "survival:cox"));
    all.put("num_class", new Whole(2, Integer.MAX_VALUE));
    all.put("base_score", fromZero);
    all.put(
        "eval_metric",
        new Words(
            "metrics of the image with commas between: " + String.join(", ", XgboostMetric.names()),
            BuiltInXgboost::isEvalMetric));
    all.put("seed", new Whole(-Integer.MAX_VALUE, Integer.MAX_VALUE - 1));
    all.put("num_parallel_tree", positive);
    all.put("save_model_on_termination", bool);
    all.put("aft_loss_distribution", Choice.of("normal", "logistic", "extreme"));
    all.put("aft_loss_distribution_scale", fromZero);
    all.put("deterministic_histogram", bool);
    all.put("sampling_method", Choice.of("uniform", "gradient_based"));
    all.put("prob_buffer_row", new Whole(2, Integer.MAX_VALUE));
    all.put("use_dask_gpu_training", bool);
    return Collections.unmodifiableMap(all);
  }

  private static boolean isEvalMetric(String word) {
    return XgboostMetric.named(word).isPresent()
        || word.matches("(error|ndcg|map)@[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
  }
}
