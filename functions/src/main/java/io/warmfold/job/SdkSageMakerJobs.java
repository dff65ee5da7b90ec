package io.warmfold.job;

import static io.warmfold.job.SdkCalls.call;
import static io.warmfold.job.SdkCalls.found;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateProcessingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateTransformJobRequest;
import software.amazon.awssdk.services.sagemaker.model.ListTrainingJobsRequest;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;
import software.amazon.awssdk.services.sagemaker.model.WarmPoolResourceStatus;

/** {@link SageMakerJobs} by the AWS SDK. */
public final class SdkSageMakerJobs implements SageMakerJobs {

  private final SageMakerClient client;

  public SdkSageMakerJobs(SageMakerClient client) {
    this.client = client;
  }

  @Override
  public boolean create(JobKind kind, ObjectNode request) {
    return call(
        () -> {
          try {
            switch (kind) {
              case FOLD, FINAL ->
                  client.createTrainingJob(
                      SdkJson.read(request, CreateTrainingJobRequest.builder()));
              case PROCESSING ->
                  client.createProcessingJob(
                      SdkJson.read(request, CreateProcessingJobRequest.builder()));
              case TRANSFORM ->
                  client.createTransformJob(
                      SdkJson.read(request, CreateTransformJobRequest.builder()));
            }
            return true;
          } catch (ResourceInUseException exists) {
            return false;
          }
        });
  }

  @Override
  public Optional<JobDescription> describe(JobKind kind, String name) {
    return found(
        () ->
            switch (kind) {
              case FOLD, FINAL ->
                  Descriptions.of(client.describeTrainingJob(b -> b.trainingJobName(name)));
              case PROCESSING ->
                  Descriptions.of(client.describeProcessingJob(b -> b.processingJobName(name)));
              case TRANSFORM ->
                  Descriptions.of(client.describeTransformJob(b -> b.transformJobName(name)));
            });
  }

  @Override
  public void stop(JobKind kind, String name) {
    // The API answers alike for a job that is over and for one that never was, so both are
    // harmless.
    found(
        () ->
            switch (kind) {
              case FOLD, FINAL -> client.stopTrainingJob(b -> b.trainingJobName(name));
              case PROCESSING -> client.stopProcessingJob(b -> b.processingJobName(name));
              case TRANSFORM -> client.stopTransformJob(b -> b.transformJobName(name));
            });
  }

  @Override
  public boolean releasePool(String trainingJob) {
    return found(
            () ->
                client.updateTrainingJob(
                    b ->
                        b.trainingJobName(trainingJob)
                            .resourceConfig(config -> config.keepAlivePeriodInSeconds(0))))
        .isPresent();
  }

  @Override
  public List<Listed> list(String nameContains, Optional<String> poolStatus) {
    var request = ListTrainingJobsRequest.builder().nameContains(nameContains).maxResults(100);
    poolStatus.map(WarmPoolResourceStatus::fromValue).ifPresent(request::warmPoolStatusEquals);
    return call(
        () ->
            client.listTrainingJobsPaginator(request.build()).trainingJobSummaries().stream()
                .map(
                    job ->
                        new Listed(
                            job.trainingJobName(),
                            job.trainingJobStatusAsString(),
                            Descriptions.pool(job.warmPoolStatus())))
                .toList());
  }

  @Override
  public void createModel(ObjectNode request) {
    var name = request.path("ModelName").textValue();
    call(
        () -> {
          if (!modelExists(name)) {
            client.createModel(SdkJson.read(request, CreateModelRequest.builder()));
          }
          return null;
        });
  }

  private boolean modelExists(String name) {
    return found(() -> client.describeModel(b -> b.modelName(name))).isPresent();
  }

  @Override
  public void deleteModel(String name) {
    found(() -> client.deleteModel(b -> b.modelName(name)));
  }
}
