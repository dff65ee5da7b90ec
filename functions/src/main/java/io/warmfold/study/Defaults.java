package io.warmfold.study;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.OptionalLong;

/** The defaults that depend on other parts of the document. */
final class Defaults {

  private static final int FOLDS = 5;
  private static final int TRIALS = 20;
  private static final int MIN_FAILED_TRIALS = 3;
  private static final double ALPHA = 0.05;

  private Defaults() {}

  static void fill(Draft draft) {
    fillData(draft);
    fillHyperParameters(draft);
    fillCrossValidation(draft);
    fillLimits(draft);
    fillModel(draft);
    fillTransform(draft);
  }

  private static void fillData(Draft draft) {
    draft.fill("/Data", "ContentType", "text/csv");
    draft.fill("/Data", "HasHeader", false);
    if (!draft.written(Draft.SHARDS)) {
      draft.fill("/Data", "LabelColumn", 0);
    }
  }

  /** So that the score the study reads is one that the image surely writes. */
  private static void fillHyperParameters(Draft draft) {
    if (!draft.builtIn()) {
      return;
    }
    draft.fill(Draft.TRAINING, "StaticHyperParameters", JsonNodeFactory.instance.objectNode());
    draft.fill(Draft.STATIC, "objective", BuiltInXgboost.DEFAULT_OBJECTIVE);
    draft
        .text(Draft.OBJECTIVE + "/MetricName")
        .flatMap(BuiltInXgboost::metricOf)
        .ifPresent(metric -> draft.fill(Draft.STATIC, "eval_metric", metric.name()));
  }

  private static void fillCrossValidation(Draft draft) {
    var shards = draft.items(Draft.SHARDS).size();
    draft.fill("/CrossValidation", "Folds", shards >= 2 && shards <= 50 ? shards : FOLDS);
    var classification =
        draft.builtIn()
            && draft
                .text(Draft.STATIC + "/objective")
                .filter(BuiltInXgboost::isClassification)
                .isPresent();
    var splitter =
        draft.written(Draft.SHARDS)
            ? SplitterType.PREDEFINED
            : classification ? SplitterType.STRATIFIED_KFOLD : SplitterType.KFOLD;
    draft.fill("/CrossValidation", "Splitter", splitter.label());
    if (draft
        .text("/CrossValidation/Race/Type")
        .filter(RaceType.PAIRED.label()::equals)
        .isPresent()) {
      draft.fill("/CrossValidation/Race", "Alpha", JsonNodeFactory.instance.numberNode(ALPHA));
      // The race itself says when more than one is worth it.
      draft
          .whole(Draft.FOLDS)
          .ifPresent(folds -> draft.fill("/CrossValidation", "ParallelFolds", folds));
    } else {
      draft.fill("/CrossValidation", "ParallelFolds", 1);
    }
  }

  private static void fillLimits(Draft draft) {
    var trials = OptionalLong.of(TRIALS);
    if (draft
        .text(Draft.TUNING + "/Strategy")
        .filter(StrategyType.GRID.label()::equals)
        .isPresent()) {
      trials = TuningRules.gridSize(draft);
    }
    if (trials.isPresent() && trials.getAsLong() >= 1 && trials.getAsLong() <= 10_000) {
      draft.fill(Draft.LIMITS, "MaxNumberOfTrainingJobs", (int) trials.getAsLong());
    }
    draft
        .whole(Draft.LIMITS + "/MaxNumberOfTrainingJobs")
        .ifPresent(
            max ->
                draft.fill(Draft.LIMITS, "MaxFailedTrials", Math.max(MIN_FAILED_TRIALS, max / 10)));
  }

  private static void fillModel(Draft draft) {
    draft.text("/StudyName").ifPresent(name -> draft.fill("/Model", "ModelPackageGroupName", name));
    draft.text(Draft.IMAGE).ifPresent(image -> draft.fill("/Model", "InferenceImage", image));
  }

  private static void fillTransform(Draft draft) {
    draft
        .text("/Transform/TransformInput/SplitType")
        .ifPresent(
            split -> {
              draft.fill(
                  "/Transform/TransformOutput",
                  "AssembleWith",
                  split.equals("Line") ? "Line" : "None");
              draft.fill(
                  "/Transform",
                  "BatchStrategy",
                  split.equals("None") ? "SingleRecord" : "MultiRecord");
            });
  }
}
