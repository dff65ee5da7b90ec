package io.warmfold.model;

import static io.warmfold.job.SdkCalls.call;
import static io.warmfold.job.SdkCalls.ensure;
import static io.warmfold.job.SdkCalls.found;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.SdkJson;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.CreateModelPackageGroupRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelPackageRequest;

/** {@link Registry} by the AWS SDK. */
public final class SdkRegistry implements Registry {

  private final SageMakerClient client;

  public SdkRegistry(SageMakerClient client) {
    this.client = client;
  }

  @Override
  public void ensureGroup(ObjectNode request) {
    var name = request.path("ModelPackageGroupName").textValue();
    ensure(
        () ->
            found(() -> client.describeModelPackageGroup(b -> b.modelPackageGroupName(name)))
                .isPresent(),
        () ->
            client.createModelPackageGroup(
                SdkJson.read(request, CreateModelPackageGroupRequest.builder())));
  }

  @Override
  public String register(ObjectNode request) {
    return call(
        () ->
            client
                .createModelPackage(SdkJson.read(request, CreateModelPackageRequest.builder()))
                .modelPackageArn());
  }
}
