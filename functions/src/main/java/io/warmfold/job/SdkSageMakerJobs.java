package io.warmfold.job;

import static io.warmfold.job.SdkCalls.call;
import static io.warmfold.job.SdkCalls.ensure;
import static io.warmfold.job.SdkCalls.found;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

  private final Supplier<SageMakerClient> client;

  /**
   * @param client asked for at each call: most functions make none, and a client is slow to build
   */
  public SdkSageMakerJobs(Supplier<SageMakerClient> client) {
    this.client = client;
  }

  @Override
  public boolean create(JobKind kind, ObjectNode request) {
    return call(
        () -> {
          try {
            switch (kind) {
              case FOLD, FINAL ->
                  client
                      .get()
                      .createTrainingJob(SdkJson.read(request, CreateTrainingJobRequest.builder()));
              case PROCESSING ->
                  client
                      .get()
                      .createProcessingJob(
                          SdkJson.read(request, CreateProcessingJobRequest.builder()));
              case TRANSFORM ->
                  client
                      .get()
                      .createTransformJob(
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
                  Descriptions.of(client.get().describeTrainingJob(b -> b.trainingJobName(name)));
              case PROCESSING ->
                  Descriptions.of(
                      client.get().describeProcessingJob(b -> b.processingJobName(name)));
              case TRANSFORM ->
                  Descriptions.of(client.get().describeTransformJob(b -> b.transformJobName(name)));
            });
  }

  @Override
  public void stop(JobKind kind, String name) {
    // The API answers alike for a job that is over and for one that never was, so both are
    // harmless.
    found(
        () ->
            switch (kind) {
              case FOLD, FINAL -> client.get().stopTrainingJob(b -> b.trainingJobName(name));
              case PROCESSING -> client.get().stopProcessingJob(b -> b.processingJobName(name));
              case TRANSFORM -> client.get().stopTransformJob(b -> b.transformJobName(name));
            });
  }

  @Override
  public boolean releasePool(String trainingJob) {
    return found(
            () ->
                client
                    .get()
                    .updateTrainingJob(
                        b ->
                            b.trainingJobName(trainingJob)
                                .resourceConfig(config -> config.keepAlivePeriodInSeconds(0))))
        .isPresent();
  }

  @Override
  public List<Listed> list(String nameContains, Which which) {
    var request = ListTrainingJobsRequest.builder().nameContains(nameContains).maxResults(100);
    which.status().ifPresent(request::statusEquals);
    which
        .poolStatus()
        .map(WarmPoolResourceStatus::fromValue)
        .ifPresent(request::warmPoolStatusEquals);
    which.createdAfter().ifPresent(request::creationTimeAfter);
    return call(
        () ->
            client.get().listTrainingJobsPaginator(request.build()).trainingJobSummaries().stream()
                .map(
                    job ->
                        new Listed(
                            job.trainingJobName(),
                            job.trainingJobStatusAsString(),
                            Optional.ofNullable(job.trainingEndTime()),
                            Descriptions.pool(job.warmPoolStatus())))
                .toList());
  }

  @Override
  public void createModel(ObjectNode request) {
    var name = request.path("ModelName").textValue();
    ensure(
        () -> found(() -> client.get().describeModel(b -> b.modelName(name))).isPresent(),
        () -> client.get().createModel(SdkJson.read(request, CreateModelRequest.builder())));
  }

  @Override
  public void deleteModel(String name) {
    found(() -> client.get().deleteModel(b -> b.modelName(name)));
  }
}
