package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Processing jobs. */
final class ProcessingJobs extends Jobs {

  private static final int DEFAULT_RUN = 86_400;

  ProcessingJobs(Context context, Tags tags) {
    super(context, JobKind.PROCESSING, tags);
  }

  @Override
  Demand demand(JsonNode job) {
    JsonNode cluster = job.path("ProcessingResources").path("ClusterConfig");
    return new Demand(
        cluster.path("InstanceType").asText(), cluster.path("InstanceCount").asInt(1));
  }

  @Override
  void admit(ObjectNode job) {
    Set<String> names = new HashSet<>();
    for (JsonNode input : job.path("ProcessingInputs")) {
      String name = input.path("InputName").textValue();
      if (!names.add(name)) {
        throw Context.invalid("Duplicate processing input name: " + name + ".");
      }
      if (!input.has("S3Input")) {
        throw Context.invalid("Processing input " + name + " needs an S3Input to be read locally.");
      }
      needsLocalPath(input.path("S3Input"), "input " + name);
    }
    names.clear();
    for (JsonNode output : job.path("ProcessingOutputConfig").path("Outputs")) {
      String name = output.path("OutputName").textValue();
      if (!names.add(name)) {
        throw Context.invalid("Duplicate processing output name: " + name + ".");
      }
      if (!output.has("S3Output")) {
        throw Context.invalid("Processing output " + name + " needs an S3Output locally.");
      }
      needsLocalPath(output.path("S3Output"), "output " + name);
    }
    ObjectNode stopping = job.withObjectProperty("StoppingCondition");
    if (!stopping.hasNonNull("MaxRuntimeInSeconds")) {
      stopping.put("MaxRuntimeInSeconds", DEFAULT_RUN);
    }
  }

  private static void needsLocalPath(JsonNode end, String which) {
    if (!end.path("LocalPath").asText().startsWith("/opt/ml/processing/")) {
      throw Context.invalid("The LocalPath of " + which + " must be below /opt/ml/processing.");
    }
  }

  @Override
  Optional<ObjectNode> model(ObjectNode job) {
    return Optional.empty();
  }

  @Override
  void settle(ObjectNode job, JobRunner.Ended ended, boolean timedOut) {
    ended.exitMessage().ifPresent(message -> job.put("ExitMessage", message));
    ended.instances().ifPresent(JobRunner.Instances::release);
  }

  @Override
  int longestRun(JsonNode job) {
    return job.path("StoppingCondition").path("MaxRuntimeInSeconds").asInt(DEFAULT_RUN);
  }

  @Override
  Listing listing() {
    return new Listing("ProcessingJobName", "ProcessingJobStatus", "ProcessingJobSummaries", false);
  }

  @Override
  List<String> summaryMembers() {
    return List.of(
        "ProcessingJobName",
        "ProcessingJobArn",
        "CreationTime",
        "ProcessingEndTime",
        "LastModifiedTime",
        "ProcessingJobStatus",
        "FailureReason",
        "ExitMessage");
  }

  @Override
  List<String> detailMembers() {
    return List.of(
        "ProcessingInputs",
        "ProcessingOutputConfig",
        "ProcessingResources",
        "StoppingCondition",
        "AppSpecification",
        "Environment",
        "NetworkConfig",
        "RoleArn",
        "ExitMessage",
        "FailureReason");
  }
}
