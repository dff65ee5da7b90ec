package io.warmfold.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Documents that break one rule each.
 *
 * @param base the document that is changed
 * @param changes the values by their pointers
 * @param pointer where the one problem is
 * @param expected part of what its text says
 * @param structural whether a JSON Schema can see it
 */
record BrokenDocuments(
    String base,
    Map<String, JsonNode> changes,
    String pointer,
    String expected,
    boolean structural) {

  private static final String TUNING = "/HyperParameterTuningJobConfig";
  private static final String OBJECTIVE = TUNING + "/HyperParameterTuningJobObjective";
  private static final String LIMITS = TUNING + "/ResourceLimits";
  private static final String CRITERIA = TUNING + "/TuningJobCompletionCriteria";
  private static final String RANGES = TUNING + "/ParameterRanges";
  private static final String ETA = RANGES + "/ContinuousParameterRanges/0";
  private static final String DEPTH = RANGES + "/IntegerParameterRanges/0";
  private static final String CHOICE = RANGES + "/CategoricalParameterRanges";
  private static final String TRAINING = "/TrainingJobDefinition";
  private static final String ALGORITHM = TRAINING + "/AlgorithmSpecification";
  private static final String STATIC = TRAINING + "/StaticHyperParameters";
  private static final String RESOURCES = TRAINING + "/ResourceConfig";
  private static final String INPUT = "/Processing/ProcessingInputs/0";
  private static final String TRANSFORM_INPUT = "/Transform/TransformInput";

  ObjectNode document() {
    var document = Documents.json(base);
    changes.forEach((at, value) -> Documents.set(document, at, value));
    return document;
  }

  @Override
  public String toString() {
    var changed =
        changes.entrySet().stream()
            .map(change -> change.getKey() + " = " + Problems.describe(change.getValue()))
            .collect(Collectors.joining(", "));
    return changed.substring(0, Math.min(140, changed.length()));
  }

  /** What the shape of the document forbids: the schema sees it too. */
  static List<BrokenDocuments> shapes() {
    return List.of(
        shape("/StudyName", "null", "letters, digits and hyphens"),
        shape("/StudyName", text("a_b"), "letters, digits and hyphens"),
        shape("/StudyName", text("a".repeat(64)), "1 to 63"),
        gone("/StudyName", "letters, digits and hyphens"),
        gone("/Data", "where the data are"),
        gone(TRAINING, "how to train"),
        gone(ALGORITHM + "/TrainingImage", "image"),
        gone(RESOURCES + "/InstanceType", "ml.m5.large"),
        gone(OBJECTIVE + "/MetricName", "metric"),
        gone(ETA + "/MaxValue", "number"),
        shape("/Data", "[]", "where the data are"),
        shape("/Data/S3Uri", text("https://bucket/key"), "s3://bucket/key"),
        shape("/Data/S3Uri", text("s3://B/key"), "s3://bucket/key"),
        shape("/Data/HasHeader", text("true"), "true or false"),
        shape("/Data/LabelColumn", "-1", "zero-based index"),
        shape("/Data/LabelColumn", "1.5", "zero-based index"),
        shape("/Data/S3URI", text("s3://bucket/key"), "did you mean \"S3Uri\"?"),
        shape("/CrossValidation/Folds", "1", "2 to 50"),
        shape("/CrossValidation/Folds", text("5"), "2 to 50"),
        shape("/CrossValidation/Folds", "5.5", "2 to 50"),
        shape("/CrossValidation/Folds", "1e400", "2 to 50"),
        shape("/CrossValidation/Seed", "-1", "from 0"),
        shape(STATIC + "/note", text("two\\nlines"), "without line breaks"),
        shape("/CrossValidation/Fold", "5", "did you mean \"Folds\"?"),
        shape("/CrossValidation/Splitter", text("GroupKFold"), "not built yet"),
        shape("/CrossValidation/Splitter", text("TimeSeriesSplit"), "not built yet"),
        shape("/CrossValidation/Splitter", text("RepeatedKFold"), "not built yet"),
        shape("/CrossValidation/Splitter", text("Bootstrap"), "KFold"),
        shape("/CrossValidation/Race/Type", text("Hyperband"), "None"),
        shape(TUNING + "/Strategy", text("Hyperband"), "not built yet"),
        shape(TUNING + "/RandomState", "1", "there are Strategy"),
        shape(TUNING + "/Seed", "1", "belongs to /CrossValidation/Seed"),
        shape(TUNING + "/TrainingJobEarlyStoppingType", text("Auto"), "/CrossValidation/Race"),
        shape(TUNING + "/StrategyConfig", "{}", "Hyperband"),
        shape(LIMITS + "/MaxNumberOfTrainingJobs", "0", "1 to 10000 (trials)"),
        shape(LIMITS + "/MaxParallelTrainingJobs", "1001", "1 to 1000 (jobs at once)"),
        shape(LIMITS + "/MaxRuntimeInSeconds", "60", "from 120"),
        shape(LIMITS + "/MaxCost", "0", "a number above 0"),
        shape(LIMITS + "/PricePerInstanceHour", "-1", "a number above 0"),
        shape(LIMITS + "/PricePerInstanceHour", text("0.1"), "a number above 0"),
        shape(RANGES + "/AutoParameters", "[]", "give a range"),
        shape(ETA + "/MinValue", text("small"), "a number"),
        shape(ETA + "/MinValue", "true", "a number"),
        shape(ETA + "/ScalingType", text("Log"), "Logarithmic"),
        shape(DEPTH + "/ScalingType", text("ReverseLogarithmic"), "Auto"),
        shape(CHOICE, "[{\"Name\": \"booster\", \"Values\": []}]", CHOICE + "/0/Values", "1 to 30"),
        shape(
            CRITERIA + "/BestObjectiveNotImproving/MaxNumberOfTrainingJobsNotImproving",
            "0",
            "1 to 10000 (trials)"),
        shape(CRITERIA + "/ConvergenceDetected/CompleteOnConvergence", "true", "Enabled"),
        shape(TUNING + "/SeedTrials", "{}", "a list of at most 1000"),
        shape(TUNING + "/SeedTrials", "[{\"eta\": []}]", TUNING + "/SeedTrials/0/eta", "a value"),
        shape(ALGORITHM + "/AlgorithmName", text("mine"), "TrainingImage"),
        shape(ALGORITHM + "/TrainingInputMode", text("Pipe"), "File"),
        shape(STATIC + "/eta", "[1]", "text, a number or a boolean"),
        shape(STATIC + "/seed", text("x".repeat(2501)), "2500"),
        shape(RESOURCES + "/InstanceType", text("m5.large"), "ml.m5.large"),
        shape(RESOURCES + "/InstanceGroups", "[]", "warm pools"),
        shape(RESOURCES + "/KeepAlivePeriodInSeconds", "0", "1 to 3600"),
        shape(RESOURCES + "/KeepAlivePeriodInSeconds", "3601", "1 to 3600"),
        shape(TRAINING + "/StoppingCondition/MaxWaitTimeInSeconds", "7200", "warm pools"),
        shape(TRAINING + "/KeepAlivePeriodInSeconds", "60", "belongs to " + RESOURCES),
        shape(TRAINING + "/EnableManagedSpotTraining", "true", "warm pools"),
        shape(TRAINING + "/RetryStrategy", "{}", "study itself"),
        shape(TRAINING + "/CheckpointConfig", "{}", "checkpoints"),
        shape(TRAINING + "/InputDataConfig", "[]", "made from /Data"),
        shape(TRAINING + "/HyperParameterRanges", "{}", RANGES),
        shape(TRAINING + "/RoleArn", text("training"), "ARN"),
        shape(
            TRAINING + "/Environment",
            "{\"1X\": \"y\"}",
            TRAINING + "/Environment/1X",
            "environment variable"),
        shape(TRAINING + "/Tags", many(46, "{\"Key\": \"k%d\", \"Value\": \"v\"}"), "at most 45"),
        shape("/Model/ModelApprovalStatus", text("Approve"), "PendingManualApproval"),
        shape(
            "/WarmStartConfig",
            "{\"ParentHyperParameterTuningJobs\": [], \"WarmStartType\": \"TransferLearning\"}",
            "/WarmStartConfig/ParentHyperParameterTuningJobs",
            "1 to 5"),
        shape(
            "/WarmStartConfig",
            "{\"ParentHyperParameterTuningJobs\": [{\"HyperParameterTuningJobName\": \"a\"}],"
                + " \"WarmStartType\": \"Identical\"}",
            "/WarmStartConfig/WarmStartType",
            "IdenticalDataAndAlgorithm"),
        shape("/HyperParameterTuningJobName", text("x"), "StudyName"),
        large("/Processing/ProcessingJobName", text("x"), "names its jobs", true),
        large("/Processing/AppSpecification/ContainerArguments/1", text(""), "1 to 256", true),
        large(INPUT + "/S3Input/LocalPath", text("/data"), "/opt/ml/processing", true),
        large(
            "/Processing/ProcessingInputs",
            many(
                11,
                "{\"InputName\": \"i%d\", \"S3Input\": {\"S3Uri\": \"s3://bucket/\","
                    + " \"LocalPath\": \"/opt/ml/processing/i\"}}"),
            "at most 10",
            true),
        large(TRANSFORM_INPUT + "/SplitType", text("Lines"), "Line", true),
        large("/Transform/ModelName", text("x"), "the study's own", true),
        large(
            ALGORITHM + "/MetricDefinitions",
            many(41, "{\"Name\": \"auc%d\", \"Regex\": \"(.)\"}"),
            "at most 40",
            true));
  }

  /** What only the reader knows. */
  static List<BrokenDocuments> rules() {
    return List.of(
        rule(
            Map.of("/Data/S3Uri", MissingNode.getInstance()),
            "/Data/S3Uri",
            "or Shards for folds of your own"),
        rule("/Data/ContentType", text("text/libsvm"), "need /Data/Shards"),
        rule("/Data/LabelColumn", text("rings"), "HasHeader true"),
        rule("/CrossValidation/ParallelFolds", "6", "at most Folds, which is 5"),
        rule("/CrossValidation/Splitter", text("StratifiedKFold"), "no classes"),
        rule("/CrossValidation/Splitter", text("Predefined"), "/Data/Shards for Predefined"),
        rule(
            "/CrossValidation/Race",
            "{\"Type\": \"None\", \"Alpha\": 0.1}",
            "/CrossValidation/Race/Alpha",
            "without a race"),
        large("/Data/S3Uri", text("s3://bucket/x"), "beside Shards", false),
        large("/Data/LabelColumn", "0", "beside Shards", false),
        large("/Data/HasHeader", "true", "header and all", false),
        large("/Data/Shards/1", text("s3://bucket/shards/1"), "ends in a slash", false),
        large("/Data/Shards/1", text("s3://other/shards/1/"), "same bucket", false),
        large("/Data/Shards/1", text("s3://bucket/shards/0/a/"), "shares no object", false),
        large("/CrossValidation/Folds", "5", "3, the number of Shards", false),
        large("/CrossValidation/Splitter", text("KFold"), "\"Predefined\" or nothing", false),
        rule(RANGES, "{}", "1 to 30 ranges in all"),
        rule(
            Map.of(
                RANGES + "/ContinuousParameterRanges",
                    node(many(16, "{\"Name\": \"a%d\", \"MinValue\": 0, \"MaxValue\": 1}")),
                RANGES + "/IntegerParameterRanges",
                    node(many(16, "{\"Name\": \"b%d\", \"MinValue\": 0, \"MaxValue\": 1}")),
                ALGORITHM + "/TrainingImage", node(text("mine")),
                ALGORITHM + "/MetricDefinitions",
                    node("[{\"Name\": \"validation:rmse\", \"Regex\": \"(.)\"}]")),
            RANGES,
            "found 32 ranges"),
        rule(ETA + "/MaxValue", text("0.01"), "more than MinValue"),
        rule(ETA + "/MinValue", text("1e999"), "floating-point"),
        rule(
            Map.of(ETA + "/MinValue", node("0"), ETA + "/ScalingType", node(text("Logarithmic"))),
            ETA + "/MinValue",
            "more than 0"),
        rule(
            Map.of(
                ETA + "/MaxValue", node("1"),
                ETA + "/ScalingType", node(text("ReverseLogarithmic"))),
            ETA + "/MaxValue",
            "less than 1"),
        rule(LIMITS + "/MaxCost", "5", LIMITS + "/PricePerInstanceHour", "which MaxCost"),
        rule(LIMITS + "/PricePerInstanceHour", "0.115", LIMITS + "/MaxCost", "for which"),
        rule(TUNING + "/SeedTrials", "[{}]", TUNING + "/SeedTrials/0", "at least one"),
        rule(
            TUNING + "/SeedTrials",
            "[{\"eta\": 0.7}]",
            TUNING + "/SeedTrials/0/eta",
            "a number from 0.01 to 0.5"),
        rule(
            TUNING + "/SeedTrials",
            "[{\"eta\": \"NaN\"}]",
            TUNING + "/SeedTrials/0/eta",
            "a number from"),
        rule(
            TUNING + "/SeedTrials",
            "[{\"max_depth\": 2.5}]",
            TUNING + "/SeedTrials/0/max_depth",
            "a whole number from 2 to 8"),
        rule(
            TUNING + "/SeedTrials",
            "[{\"eta\": 0.1}, {\"gamma\": 1}]",
            TUNING + "/SeedTrials/1/gamma",
            "one that is tuned: \"eta\", \"max_depth\""),
        rule(
            TUNING + "/SeedTrials",
            "[{\"eta\": 0.1}, {\"eta\": \"0.1\"}]",
            TUNING + "/SeedTrials/1",
            "not listed already"),
        rule(
            Map.of(
                TUNING + "/SeedTrials", node("[{\"eta\": 0.1}, {\"eta\": 0.2}]"),
                LIMITS + "/MaxNumberOfTrainingJobs", node("1")),
            TUNING + "/SeedTrials",
            "at most MaxNumberOfTrainingJobs (1)"),
        large(
            TUNING + "/SeedTrials",
            "[{\"optimizer\": \"lion\"}]",
            TUNING + "/SeedTrials/0/optimizer",
            "one of \"sgd\", \"adam\""),
        rule(
            "/WarmStartConfig",
            "{\"ParentHyperParameterTuningJobs\": [{\"HyperParameterTuningJobName\": \"abalone\"}],"
                + " \"WarmStartType\": \"TransferLearning\"}",
            "/WarmStartConfig/ParentHyperParameterTuningJobs/0/HyperParameterTuningJobName",
            "another study than this one"),
        large(
            "/WarmStartConfig",
            "{\"ParentHyperParameterTuningJobs\": [{\"HyperParameterTuningJobName\": \"a\"}],"
                + " \"WarmStartType\": \"TransferLearning\"}",
            "none with Strategy Grid",
            false),
        large(
            CRITERIA + "/ConvergenceDetected",
            "{\"CompleteOnConvergence\": \"Enabled\"}",
            CRITERIA + "/ConvergenceDetected/CompleteOnConvergence",
            "Disabled with Strategy Grid"),
        rule(DEPTH + "/MinValue", text("2.5"), "a whole number"),
        rule(DEPTH + "/Name", text("eta"), "not tuned already"),
        rule(STATIC + "/eta", "0.3", ETA + "/Name", "not also in"),
        rule(
            CHOICE,
            "[{\"Name\": \"booster\", \"Values\": [\"dart\", \"dart\"]}]",
            CHOICE + "/0/Values/1",
            "not listed already"),
        rule(
            TUNING + "/Strategy", text("Grid"), RANGES + "/ContinuousParameterRanges", "none with"),
        large(
            CHOICE,
            many(
                4,
                "{\"Name\": \"p%d\", \"Values\": " + IntStream.range(0, 11).boxed().toList() + "}"),
            LIMITS + "/MaxNumberOfTrainingJobs",
            "14641 combinations"),
        rule(OBJECTIVE + "/MetricName", text("train:rmse"), "\"validation:rmse\""),
        rule(OBJECTIVE + "/MetricName", text("rmse"), "\"validation:rmse\""),
        rule(OBJECTIVE + "/MetricName", text("validation:rmsee"), "\"validation:rmse\""),
        rule(
            OBJECTIVE + "/MetricName", text("validation:mlogloss"), "needs an objective of multi:"),
        rule(OBJECTIVE + "/Type", text("Maximize"), "a smaller validation:rmse is better"),
        rule(STATIC + "/eval_metric", text("mae,mape"), "a list with rmse"),
        rule(
            STATIC + "/eval_metric", text("rmse,logloss"), "logloss needs an objective of binary:"),
        rule(STATIC + "/eval_metric", text("rmse,speed"), "metrics of the image"),
        rule(STATIC + "/max_dept", "3", "did you mean \"max_depth\"?"),
        rule(STATIC + "/sagemaker_program", text("train.py"), "an image of your own"),
        rule(STATIC + "/subsample", "0", "above 0.0 to 1.0"),
        rule(STATIC + "/num_round", "0", "a whole number from 1"),
        rule(STATIC + "/num_round", "10.5", "a whole number from 1"),
        gone(STATIC + "/num_round", "number of rounds", false),
        rule(STATIC + "/booster", text("gbforest"), "gbtree"),
        rule(STATIC + "/objective", text("multi:classes"), "one of reg:squarederror"),
        rule(STATIC + "/objective", text("reg:absoluteerror"), "3.0-5"),
        rule(STATIC + "/num_class", "3", "none, as the objective"),
        rule(
            Map.of(
                STATIC + "/objective", node(text("multi:softprob")),
                OBJECTIVE + "/MetricName", node(text("validation:merror"))),
            STATIC + "/num_class",
            "the number of classes"),
        rule(STATIC + "/_kfold", "5", "/CrossValidation"),
        rule(STATIC + "/early_stopping_rounds", "5", "tune num_round"),
        rule(STATIC + "/learning_rate", "0.1", ETA + "/Name", "one name only for eta"),
        rule(
            STATIC + "/monotone_constraints",
            text("(1,0)"),
            STATIC + "/tree_method",
            "exact or hist"),
        rule(ETA + "/Name", text("etta"), "did you mean \"eta\"?"),
        rule(ETA + "/Name", text("max_leaves"), "IntegerParameterRanges"),
        rule(ETA + "/Name", text("booster"), "CategoricalParameterRanges"),
        rule(DEPTH + "/Name", text("num_class"), "may differ between trials"),
        rule(ETA + "/MaxValue", "2", "from 0.0 to 1.0"),
        rule(
            CHOICE,
            "[{\"Name\": \"booster\", \"Values\": [\"dart\", \"drat\"]}]",
            CHOICE + "/0/Values/1",
            "gbtree"),
        rule(ALGORITHM + "/TrainingInputMode", text("FastFile"), "\"File\""),
        rule(
            ALGORITHM + "/MetricDefinitions",
            "[{\"Name\": \"rmse\", \"Regex\": \"rmse=(.*)\"}]",
            "brings its own"),
        large(ALGORITHM + "/MetricDefinitions", "[]", "definition of the objective metric", false),
        large(OBJECTIVE + "/MetricName", text("auk"), "did you mean \"auc\"?", false),
        large(ALGORITHM + "/MetricDefinitions/0/Regex", text("auc=.*"), "one capture group", false),
        large(ALGORITHM + "/MetricDefinitions/0/Regex", text("auc=("), "regular expression", false),
        large(
            ALGORITHM + "/MetricDefinitions/1",
            "{\"Name\": \"auc\", \"Regex\": \"(.)\"}",
            ALGORITHM + "/MetricDefinitions/1/Name",
            "not defined already"),
        large(TRAINING + "/Tags/0/Key", text("aws:x"), "neither aws: nor warmfold:", false),
        large(
            TRAINING + "/Tags/1",
            "{\"Key\": \"team\", \"Value\": \"b\"}",
            TRAINING + "/Tags/1/Key",
            "not given already"),
        large(STATIC, hyperParameters(99), "found 101 hyperparameters", false),
        large(INPUT + "/S3Input/S3CompressionType", text("Gzip"), "S3InputMode Pipe", false),
        large(
            "/Processing/ProcessingInputs/1",
            "{\"InputName\": \"raw\", \"S3Input\": {\"S3Uri\": \"s3://bucket/\","
                + " \"LocalPath\": \"/opt/ml/processing/x\"}}",
            "/Processing/ProcessingInputs/1/InputName",
            "not used already"),
        large("/Transform/BatchStrategy", text("MultiRecord"), "SingleRecord", false),
        large("/Transform/DataProcessing/JoinSource", text("Input"), "AssembleWith Line", false),
        large("/Transform/MaxPayloadInMB", "26", "at most 100 MB", false));
  }

  private static BrokenDocuments shape(String pointer, String value, String expected) {
    return shape(pointer, value, pointer, expected);
  }

  private static BrokenDocuments shape(String at, String value, String pointer, String expected) {
    return new BrokenDocuments(Documents.SMALL, Map.of(at, node(value)), pointer, expected, true);
  }

  private static BrokenDocuments gone(String pointer, String expected) {
    return gone(pointer, expected, true);
  }

  private static BrokenDocuments gone(String pointer, String expected, boolean structural) {
    return new BrokenDocuments(
        Documents.SMALL, Map.of(pointer, MissingNode.getInstance()), pointer, expected, structural);
  }

  private static BrokenDocuments rule(String pointer, String value, String expected) {
    return rule(Map.of(pointer, node(value)), pointer, expected);
  }

  private static BrokenDocuments rule(String at, String value, String pointer, String expected) {
    return rule(Map.of(at, node(value)), pointer, expected);
  }

  private static BrokenDocuments rule(
      Map<String, JsonNode> changes, String pointer, String expected) {
    return new BrokenDocuments(Documents.SMALL, changes, pointer, expected, false);
  }

  private static BrokenDocuments large(
      String pointer, String value, String expected, boolean structural) {
    return new BrokenDocuments(
        Documents.LARGE, Map.of(pointer, node(value)), pointer, expected, structural);
  }

  private static BrokenDocuments large(String at, String value, String pointer, String expected) {
    return new BrokenDocuments(Documents.LARGE, Map.of(at, node(value)), pointer, expected, false);
  }

  private static JsonNode node(String json) {
    return Documents.node(json);
  }

  private static String text(String text) {
    return "\"" + text + "\"";
  }

  private static String many(int count, String each) {
    return IntStream.range(0, count)
        .mapToObj(i -> each.replace("%d", String.valueOf(i)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String hyperParameters(int count) {
    var all = new LinkedHashMap<String, String>();
    IntStream.range(0, count).forEach(i -> all.put("h" + i, "1"));
    return Documents.JSON.valueToTree(all).toString();
  }
}
