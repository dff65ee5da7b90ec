package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A study as its author asked for it, with all defaults filled in. Immutable. Only {@link #read}
 * makes one from the outside, so a document that exists has been checked.
 *
 * @param processing null if the data need no preparation
 * @param transform null if nothing is predicted at the end
 * @param warmStartConfig null if the study learns from no other one
 */
public record StudyDocument(
    String studyName,
    StudyData data,
    CrossValidation crossValidation,
    @JsonProperty("HyperParameterTuningJobConfig") TuningConfig tuning,
    @JsonProperty("TrainingJobDefinition") TrainingDefinition training,
    ProcessingDefinition processing,
    ModelDefinition model,
    TransformDefinition transform,
    WarmStartConfig warmStartConfig) {

  /** What came of reading. */
  public sealed interface Read {

    /** The document, checked and complete. */
    record Valid(StudyDocument document) implements Read {}

    /** Everything that is wrong, never empty. */
    record Invalid(List<Problem> problems) implements Read {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Checks a document and fills in its defaults. Never throws, whatever the JSON. */
  public static Read read(JsonNode json) {
    return StudyReader.read(json);
  }

  /**
   * {@link #read} for callers that cannot go on without one.
   *
   * @throws FixInputException with all problems
   */
  public static StudyDocument require(JsonNode json) {
    return switch (read(json)) {
      case Read.Valid(var document) -> document;
      case Read.Invalid(var problems) -> throw new FixInputException(problems);
    };
  }

  /**
   * Canonical JSON: defaults filled in, keys in a fixed order. Reading it gives an equal document.
   */
  public JsonNode toJson() {
    return StudyJson.write(this);
  }

  /** SHA-256 of the canonical JSON, in lower-case hexadecimal. */
  public String contentHash() {
    return StudyJson.hash(this);
  }

  /** How many trials there are at most. */
  public int maxTrials() {
    return tuning.resourceLimits().maxNumberOfTrainingJobs();
  }

  /** How many training jobs run at once at most. */
  public int slots() {
    return tuning.resourceLimits().maxParallelTrainingJobs();
  }

  /** With more failed trials than this the study has failed. */
  public int maxFailedTrials() {
    return tuning.resourceLimits().maxFailedTrials();
  }

  /** K. */
  public int folds() {
    return crossValidation.folds();
  }

  /** How many folds of one trial run at once at most. */
  public int parallelFolds() {
    return crossValidation.parallelFolds();
  }

  public TuningConfig.Objective objective() {
    return tuning.objective();
  }

  public Direction direction() {
    return tuning.objective().direction();
  }

  /** How long an idle instance is kept at most. */
  public int keepAliveSeconds() {
    return training.resourceConfig().keepAlivePeriodInSeconds();
  }

  /** The time one fold may take. */
  public int maxFoldSeconds() {
    return training.stoppingCondition().maxRuntimeInSeconds();
  }

  public String trainingImage() {
    return training.algorithmSpecification().trainingImage();
  }

  /** Whether the training image is SageMaker's own XGBoost, whose contract is known. */
  public boolean usesBuiltInXgboost() {
    return BuiltInXgboost.isImage(trainingImage());
  }

  /** A CV score that ends the study early. */
  public Optional<Double> targetScore() {
    return Optional.ofNullable(tuning.tuningJobCompletionCriteria())
        .map(TuningConfig.CompletionCriteria::targetObjectiveMetricValue);
  }

  /** The preparation, if there is one. */
  public Optional<ProcessingDefinition> preparation() {
    return Optional.ofNullable(processing);
  }

  /** The batch transform, if there is one. */
  public Optional<TransformDefinition> batchTransform() {
    return Optional.ofNullable(transform);
  }

  /** What the study learns from besides its own trials, if anything. */
  public Optional<WarmStartConfig> warmStart() {
    return Optional.ofNullable(warmStartConfig);
  }

  /** After so many trials without a better score the study ends, if it is to. */
  public Optional<Integer> trialsWithoutImprovement() {
    return Optional.ofNullable(tuning.tuningJobCompletionCriteria())
        .map(TuningConfig.CompletionCriteria::bestObjectiveNotImproving)
        .map(TuningConfig.BestObjectiveNotImproving::maxNumberOfTrainingJobsNotImproving);
  }

  /** Whether the study ends when its model expects no improvement any more. */
  public boolean endsOnConvergence() {
    return Optional.ofNullable(tuning.tuningJobCompletionCriteria())
        .map(TuningConfig.CompletionCriteria::convergenceDetected)
        .filter(convergence -> convergence.completeOnConvergence().equals(TuningConfig.ENABLED))
        .isPresent();
  }
}
