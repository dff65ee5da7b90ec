package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The document's {@code HyperParameterTuningJobConfig}.
 *
 * @param tuningJobCompletionCriteria null if the study always uses its whole budget
 * @param seedTrials combinations that are tried first; parameters may be missing from them
 * @param randomSeed of the search, from 0
 */
public record TuningConfig(
    StrategyType strategy,
    @JsonProperty("HyperParameterTuningJobObjective") Objective objective,
    ResourceLimits resourceLimits,
    ParameterRanges parameterRanges,
    CompletionCriteria tuningJobCompletionCriteria,
    List<Map<String, String>> seedTrials,
    int randomSeed) {

  static final String ENABLED = "Enabled";

  public TuningConfig {
    seedTrials =
        Copies.list(seedTrials).stream()
            .<Map<String, String>>map(
                values -> Collections.unmodifiableMap(new LinkedHashMap<>(values)))
            .toList();
  }

  /** What is optimised: the score of a fold is its last {@code metricName}. */
  public record Objective(@JsonProperty("Type") Direction direction, String metricName) {}

  /**
   * The budget.
   *
   * @param maxNumberOfTrainingJobs trials, not jobs
   * @param maxParallelTrainingJobs jobs at once, that is slots
   * @param maxRuntimeInSeconds no fold starts that could not matter before this much of the study
   *     is over; null for no limit
   * @param maxCost what the training jobs may cost, retention included; null for no limit
   * @param pricePerInstanceHour in the same currency; null if and only if {@code maxCost} is
   * @param maxFailedTrials the study fails when more trials than this have failed
   */
  public record ResourceLimits(
      int maxNumberOfTrainingJobs,
      int maxParallelTrainingJobs,
      Integer maxRuntimeInSeconds,
      Double maxCost,
      Double pricePerInstanceHour,
      int maxFailedTrials) {}

  /**
   * When the study ends before its budget. Each criterion is null if it is not to hold.
   *
   * @param targetObjectiveMetricValue a CV score that is good enough
   */
  public record CompletionCriteria(
      Double targetObjectiveMetricValue,
      BestObjectiveNotImproving bestObjectiveNotImproving,
      ConvergenceDetected convergenceDetected) {}

  /** So many trials in a row that have not beaten the best before them. */
  public record BestObjectiveNotImproving(int maxNumberOfTrainingJobsNotImproving) {}

  /**
   * Whether the study ends when no improvement is expected.
   *
   * @param completeOnConvergence {@code Enabled} or {@code Disabled}
   */
  public record ConvergenceDetected(String completeOnConvergence) {}
}
