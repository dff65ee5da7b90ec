package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The document's {@code HyperParameterTuningJobConfig}.
 *
 * @param tuningJobCompletionCriteria null if the study always uses its whole budget
 * @param randomSeed of the search, from 0
 */
public record TuningConfig(
    StrategyType strategy,
    @JsonProperty("HyperParameterTuningJobObjective") Objective objective,
    ResourceLimits resourceLimits,
    ParameterRanges parameterRanges,
    CompletionCriteria tuningJobCompletionCriteria,
    int randomSeed) {

  /** What is optimised: the score of a fold is its last {@code metricName}. */
  public record Objective(@JsonProperty("Type") Direction direction, String metricName) {}

  /**
   * The budget.
   *
   * @param maxNumberOfTrainingJobs trials, not jobs
   * @param maxParallelTrainingJobs jobs at once, that is slots
   * @param maxRuntimeInSeconds no trial starts after this much of the study; null for no limit
   * @param maxFailedTrials the study fails when more trials than this have failed
   */
  public record ResourceLimits(
      int maxNumberOfTrainingJobs,
      int maxParallelTrainingJobs,
      Integer maxRuntimeInSeconds,
      int maxFailedTrials) {}

  /**
   * When the study ends before its budget.
   *
   * @param targetObjectiveMetricValue a CV score that is good enough; null if there is none
   */
  public record CompletionCriteria(Double targetObjectiveMetricValue) {}
}
