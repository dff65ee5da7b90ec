package io.warmfold.local.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the API: errors, names, the life of jobs, lists, the registry. */
class SageMakerServiceTest {

  @TempDir private Path work;
  private Sandbox sandbox;

  @BeforeEach
  void open() {
    sandbox = new Sandbox(work, Sandbox.settings());
  }

  private static void refused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void tellsAJobsLifeInItsDescriptionAndInEvents() {
    ObjectNode request = Sandbox.job("job", 0);
    request.putArray("Tags").addObject().put("Key", "study").put("Value", "abalone");
    sandbox.create(request);
    assertThat(sandbox.describe("job").path("SecondaryStatus").asText()).isEqualTo("Starting");
    assertThat(sandbox.describe("job").has("TrainingStartTime")).isFalse();

    sandbox.seconds(60);

    JsonNode job = sandbox.describe("job");
    assertThat(job.path("TrainingJobStatus").asText()).isEqualTo("Completed");
    assertThat(job.path("BillableTimeInSeconds").asInt()).isEqualTo(32);
    assertThat(job.path("SecondaryStatusTransitions"))
        .extracting(t -> t.path("Status").asText())
        .containsExactly("Starting", "Downloading", "Training", "Uploading", "Completed");
    assertThat(job.at("/FinalMetricDataList/0/Value").floatValue()).isEqualTo(0.25f);
    assertThat(job.at("/ModelArtifacts/S3ModelArtifacts").asText())
        .isEqualTo("s3://bucket/out/job/output/model.tar.gz");
    assertThat(job.has("Tags")).isFalse();
    assertThat(job.has("StoreKey")).isFalse();

    assertThat(sandbox.events)
        .extracting(e -> e.path("detail").path("SecondaryStatus").asText())
        .containsExactly("Starting", "Downloading", "Training", "Uploading", "Completed");
    ObjectNode last = sandbox.events.getLast();
    assertThat(last.path("detail-type").asText()).isEqualTo("SageMaker Training Job State Change");
    assertThat(last.path("source").asText()).isEqualTo("aws.sagemaker");
    assertThat(last.path("detail").has("FinalMetricDataList")).isFalse();
    assertThat(last.path("detail").path("CreationTime").asLong()).isEqualTo(1772323200000L);
    assertThat(last.path("detail").path("Tags").path("study").asText()).isEqualTo("abalone");
  }

  @Test
  void refusesWhatTheApiRefuses() {
    refused(
        "ValidationException",
        "Value '-job' at 'trainingJobName' failed to satisfy constraint",
        () -> sandbox.create(Sandbox.job("-job", 0)));
    refused(
        "ValidationException",
        "Member must have length less than or equal to 63",
        () -> sandbox.create(Sandbox.job("x".repeat(64), 0)));
    ObjectNode noRole = Sandbox.job("job", 0);
    noRole.remove("RoleArn");
    refused(
        "ValidationException",
        "Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
        () -> sandbox.create(noRole));
    ObjectNode type = Sandbox.job("job", 0);
    ((ObjectNode) type.path("ResourceConfig")).put("InstanceType", "ml.nothing");
    refused(
        "ValidationException",
        "at 'resourceConfig.instanceType' failed to satisfy constraint: Member must satisfy enum",
        () -> sandbox.create(type));
    ObjectNode number = Sandbox.job("job", 0);
    ((ObjectNode) number.path("HyperParameters")).put("num_round", 3);
    refused("SerializationException", "num_round", () -> sandbox.create(number));
    ObjectNode metric = Sandbox.job("job", 0);
    ((ObjectNode) metric.path("AlgorithmSpecification"))
        .putArray("MetricDefinitions")
        .addObject()
        .put("Name", "a")
        .put("Regex", "a=(.*)");
    refused("ValidationException", "override", () -> sandbox.create(metric));
    refused(
        "ValidationException", "Requested resource not found", () -> sandbox.describe("nobody"));
    refused(
        "UnknownOperationException", "CreateEndpoint", () -> sandbox.call("CreateEndpoint", "{}"));
  }

  @Test
  void takesANameOnceForEver() {
    sandbox.create(Sandbox.job("job", 0));
    refused("ResourceInUse", "job", () -> sandbox.create(Sandbox.job("job", 0)));
    sandbox.seconds(100);
    refused("ResourceInUse", "job", () -> sandbox.create(Sandbox.job("job", 0)));
  }

  @Test
  void stopsAJobOnceAndAnEndedOneNever() {
    sandbox.create(Sandbox.job("job", 0));
    sandbox.seconds(15);
    sandbox.call("StopTrainingJob", "{'TrainingJobName': 'job'}");
    assertThat(sandbox.describe("job").path("TrainingJobStatus").asText()).isEqualTo("Stopping");
    sandbox.call("StopTrainingJob", "{'TrainingJobName': 'job'}");
    sandbox.seconds(5);
    assertThat(sandbox.describe("job").path("TrainingJobStatus").asText()).isEqualTo("Stopped");
    refused(
        "ValidationException",
        "Stopped",
        () -> sandbox.call("StopTrainingJob", "{'TrainingJobName': 'job'}"));
  }

  @Test
  void stopsAJobThatRunsTooLong() {
    ObjectNode job = Sandbox.job("job", 0);
    ((ObjectNode) job.path("StoppingCondition")).put("MaxRuntimeInSeconds", 20);
    sandbox.create(job);
    sandbox.seconds(29);
    assertThat(sandbox.describe("job").path("TrainingJobStatus").asText()).isEqualTo("InProgress");
    sandbox.seconds(4);
    assertThat(sandbox.describe("job").path("TrainingJobStatus").asText()).isEqualTo("Stopped");
    assertThat(sandbox.describe("job").path("SecondaryStatus").asText())
        .isEqualTo("MaxRuntimeExceeded");
  }

  @Test
  void givesNoMoreInstancesThanTheQuota() {
    sandbox = new Sandbox(work.resolve("other"), Sandbox.settings().withQuotas(2, 9));
    sandbox.create(Sandbox.job("a", 0));
    sandbox.create(Sandbox.job("b", 0));
    refused(
        "ResourceLimitExceeded",
        "'ml.m5.large for training job usage' is 2 Instances",
        () -> sandbox.create(Sandbox.job("c", 0)));
    sandbox.seconds(60);
    sandbox.create(Sandbox.job("c", 0));
  }

  @Test
  void throttlesCallsThatComeTooFast() {
    SageMakerSettings slow =
        new SageMakerSettings(
            "123456789012",
            "eu-central-1",
            9,
            9,
            true,
            Duration.ZERO,
            Map.of("ListTrainingJobs", 2.0),
            new Random(1));
    sandbox = new Sandbox(work.resolve("other"), slow);
    sandbox.call("ListTrainingJobs", "{}");
    sandbox.call("ListTrainingJobs", "{}");
    refused("ThrottlingException", "Rate exceeded", () -> sandbox.call("ListTrainingJobs", "{}"));
    sandbox.seconds(1);
    sandbox.call("ListTrainingJobs", "{}");
  }

  @Test
  void listsInPagesByNameAndTime() {
    for (int i = 0; i < 5; i++) {
      sandbox.create(Sandbox.job("study-" + i, 0));
      sandbox.seconds(10);
    }
    sandbox.create(Sandbox.job("other", 0));
    JsonNode first =
        sandbox.call(
            "ListTrainingJobs",
            "{'NameContains': 'study', 'MaxResults': 3, 'SortBy': 'CreationTime',"
                + " 'SortOrder': 'Descending'}");
    assertThat(first.path("TrainingJobSummaries"))
        .extracting(j -> j.path("TrainingJobName").asText())
        .containsExactly("study-4", "study-3", "study-2");
    JsonNode second =
        sandbox.call(
            "ListTrainingJobs",
            "{'NameContains': 'study', 'MaxResults': 3, 'SortOrder': 'Descending', 'NextToken': '"
                + first.path("NextToken").asText()
                + "'}");
    assertThat(second.path("TrainingJobSummaries"))
        .extracting(j -> j.path("TrainingJobName").asText())
        .containsExactly("study-1", "study-0");
    assertThat(second.has("NextToken")).isFalse();
    assertThat(
            sandbox
                .call("ListTrainingJobs", "{'StatusEquals': 'Completed'}")
                .path("TrainingJobSummaries"))
        .isNotEmpty()
        .allMatch(j -> j.path("TrainingJobStatus").asText().equals("Completed"));
    assertThat(
            sandbox
                .call("ListTrainingJobs", "{'LastModifiedTimeAfter': 1772323249}")
                .path("TrainingJobSummaries"))
        .extracting(j -> j.path("TrainingJobName").asText())
        .contains("other")
        .doesNotContain("study-0");
  }

  @Test
  void failsTheJobsOfALostLifeAndTellsItOnce() {
    sandbox.create(Sandbox.job("done", 600));
    sandbox.seconds(60);
    ObjectNode lost = Sandbox.job("lost", 0);
    lost.put("RoleArn", Sandbox.ROLE + "2");
    sandbox.create(lost);
    sandbox.seconds(15);

    Sandbox next = new Sandbox(work, Sandbox.settings());
    next.seconds(0);
    assertThat(next.describe("lost").path("FailureReason").asText())
        .startsWith("InternalServerError: ");
    assertThat(next.describe("done").path("TrainingJobStatus").asText()).isEqualTo("Completed");
    assertThat(next.pool("done")).isEqualTo("Terminated");
    assertThat(next.events)
        .extracting(e -> e.path("detail").path("TrainingJobName").asText())
        .containsExactly("lost");

    Sandbox third = new Sandbox(work, Sandbox.settings());
    third.seconds(0);
    assertThat(third.events).isEmpty();
  }

  @Test
  void registersVersionsAndMakesModelsOfApprovedOnes() {
    sandbox.object("s3://bucket/model.tar.gz", "x");
    sandbox.call("CreateModelPackageGroup", "{'ModelPackageGroupName': 'abalone'}");
    String create =
        "{'ModelPackageGroupName': 'abalone', 'ClientToken': 'once', 'InferenceSpecification':"
            + " {'Containers': [{'Image': 'x/sagemaker-xgboost:1.7-1', 'ModelDataUrl':"
            + " 's3://bucket/model.tar.gz'}], 'SupportedContentTypes': ['text/csv'],"
            + " 'SupportedResponseMIMETypes': ['text/csv']}}";
    String arn = sandbox.call("CreateModelPackage", create).path("ModelPackageArn").asText();
    assertThat(arn)
        .isEqualTo("arn:aws:sagemaker:eu-central-1:123456789012:model-package/abalone/1");
    assertThat(sandbox.call("CreateModelPackage", create).path("ModelPackageArn").asText())
        .isEqualTo(arn);
    JsonNode version = sandbox.call("DescribeModelPackage", "{'ModelPackageName': '" + arn + "'}");
    assertThat(version.path("ModelApprovalStatus").asText()).isEqualTo("PendingManualApproval");

    String model =
        "{'ModelName': 'm', 'ExecutionRoleArn': '"
            + Sandbox.ROLE
            + "', 'Containers': [{'ModelPackageName': '"
            + arn
            + "'}]}";
    refused("ValidationException", "approval", () -> sandbox.call("CreateModel", model));
    sandbox.call(
        "UpdateModelPackage",
        "{'ModelPackageArn': '" + arn + "', 'ModelApprovalStatus': 'Approved'}");
    sandbox.call("CreateModel", model);
    sandbox.seconds(0);
    assertThat(sandbox.events)
        .extracting(e -> e.path("detail").path("ModelApprovalStatus").asText())
        .containsExactly("PendingManualApproval", "Approved");
    sandbox.call("DeleteModel", "{'ModelName': 'm'}");
    refused(
        "ValidationException",
        "Could not find model",
        () -> sandbox.call("DescribeModel", "{'ModelName': 'm'}"));
    refused(
        "ValidationException",
        "Could not find model data",
        () ->
            sandbox.call(
                "CreateModel",
                "{'ModelName': 'm', 'ExecutionRoleArn': '"
                    + Sandbox.ROLE
                    + "', 'PrimaryContainer': {'Image': 'x', 'ModelDataUrl':"
                    + " 's3://bucket/none'}}"));
  }

  @Test
  void carriesTheFailureOfAJob() {
    sandbox.runner.failure = Optional.of("AlgorithmError: it did not work, exit code: 1");
    sandbox.create(Sandbox.job("job", 0));
    sandbox.seconds(60);
    assertThat(sandbox.describe("job").path("TrainingJobStatus").asText()).isEqualTo("Failed");
    assertThat(sandbox.describe("job").path("FailureReason").asText())
        .isEqualTo("AlgorithmError: it did not work, exit code: 1");
    assertThat(sandbox.events.getLast().path("detail").path("FailureReason").asText())
        .startsWith("AlgorithmError");
  }
}
