package io.warmfold.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.job.JobDescription.WarmPool;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sagemaker.model.DescribeProcessingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeTransformJobResponse;
import software.amazon.awssdk.services.sagemaker.model.WarmPoolStatus;

/** Reads SageMaker's three ways to describe a job as one. */
public final class Descriptions {

  private Descriptions() {}

  /**
   * A training job.
   *
   * @param job the API's answer in its own shape
   * @throws IllegalArgumentException if it is not in that shape
   */
  public static JobDescription ofTrainingJob(JsonNode job) {
    return of(SdkJson.answer(job, DescribeTrainingJobResponse.builder()));
  }

  static JobDescription of(DescribeTrainingJobResponse job) {
    var metrics = new HashMap<String, Double>();
    if (job.hasFinalMetricDataList()) {
      // The API requires neither name nor value.
      job.finalMetricDataList().stream()
          .filter(metric -> metric.metricName() != null && metric.value() != null)
          .forEach(metric -> metrics.put(metric.metricName(), decimal(metric.value())));
    }
    var instances =
        job.resourceConfig() == null || job.resourceConfig().instanceCount() == null
            ? 1
            : job.resourceConfig().instanceCount();
    return new JobDescription(
        job.trainingJobName(),
        job.trainingJobStatusAsString(),
        String.valueOf(job.secondaryStatusAsString()),
        reason(job.failureReason()),
        job.creationTime(),
        Optional.ofNullable(job.trainingStartTime()),
        Optional.ofNullable(job.trainingEndTime()),
        instances * (job.billableTimeInSeconds() == null ? 0L : job.billableTimeInSeconds()),
        metrics,
        Optional.ofNullable(job.modelArtifacts()).map(artifacts -> artifacts.s3ModelArtifacts()),
        job.hasHyperParameters() ? job.hyperParameters() : Map.of(),
        pool(job.warmPoolStatus()));
  }

  /**
   * The shortest decimal that is the same float: SageMaker's metrics have no more digits than that.
   */
  private static double decimal(Float value) {
    return Double.parseDouble(value.toString());
  }

  static JobDescription of(DescribeProcessingJobResponse job) {
    return plain(
        job.processingJobName(),
        job.processingJobStatusAsString(),
        Optional.ofNullable(job.failureReason()).or(() -> Optional.ofNullable(job.exitMessage())),
        job.creationTime(),
        job.processingStartTime(),
        job.processingEndTime(),
        job.processingResources() == null || job.processingResources().clusterConfig() == null
            ? 1
            : job.processingResources().clusterConfig().instanceCount());
  }

  static JobDescription of(DescribeTransformJobResponse job) {
    return plain(
        job.transformJobName(),
        job.transformJobStatusAsString(),
        reason(job.failureReason()),
        job.creationTime(),
        job.transformStartTime(),
        job.transformEndTime(),
        job.transformResources() == null ? 1 : job.transformResources().instanceCount());
  }

  private static JobDescription plain(
      String name,
      String status,
      Optional<String> failureReason,
      Instant created,
      Instant started,
      Instant ended,
      int instances) {
    var seconds =
        started == null || ended == null ? 0 : ended.getEpochSecond() - started.getEpochSecond();
    return new JobDescription(
        name,
        status,
        status,
        failureReason,
        created,
        Optional.ofNullable(started),
        Optional.ofNullable(ended),
        instances * seconds,
        Map.of(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  static Optional<WarmPool> pool(WarmPoolStatus pool) {
    return Optional.ofNullable(pool)
        .filter(known -> known.statusAsString() != null)
        .map(
            known ->
                new WarmPool(
                    known.statusAsString(),
                    Optional.ofNullable(known.reusedByJob()),
                    known.resourceRetainedBillableTimeInSeconds() == null
                        ? 0
                        : known.resourceRetainedBillableTimeInSeconds()));
  }

  private static Optional<String> reason(String reason) {
    return Optional.ofNullable(reason).filter(text -> !text.isBlank());
  }
}
