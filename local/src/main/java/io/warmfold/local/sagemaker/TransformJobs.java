package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.util.List;
import java.util.Optional;

/** Batch transform jobs. */
final class TransformJobs extends Jobs {

  /** Five days: the service stops a transform job then. */
  private static final int LONGEST_RUN = 432_000;

  private final Models models;

  TransformJobs(Context context, Tags tags, Models models) {
    super(context, JobKind.TRANSFORM, tags);
    this.models = models;
  }

  @Override
  Demand demand(JsonNode job) {
    JsonNode resources = job.path("TransformResources");
    return new Demand(
        resources.path("InstanceType").asText(), resources.path("InstanceCount").asInt(1));
  }

  @Override
  void admit(ObjectNode job) {
    String model = job.path("ModelName").textValue();
    if (models.find(model).isEmpty()) {
      throw Context.invalid(
          "Could not find model \"" + context.settings().arn("model/" + model) + "\".");
    }
    if (!job.path("TransformInput").path("DataSource").has("S3DataSource")) {
      throw Context.invalid("TransformInput needs an S3DataSource.");
    }
    JsonNode processing = job.path("DataProcessing");
    try {
      RecordFilter.parse(processing.path("InputFilter").asText("$"));
      RecordFilter.parse(processing.path("OutputFilter").asText("$"));
    } catch (IllegalArgumentException e) {
      throw (ServiceException) Context.invalid(e.getMessage()).initCause(e);
    }
    if (processing.path("JoinSource").asText("None").equals("Input")
        && job.path("TransformInput").path("SplitType").asText("None").equals("None")
        && job.path("TransformInput").path("ContentType").asText().startsWith("text/csv")) {
      throw Context.invalid("JoinSource Input needs a SplitType other than None for CSV data.");
    }
  }

  @Override
  Optional<ObjectNode> model(ObjectNode job) {
    return models.find(job.path("ModelName").textValue());
  }

  @Override
  void settle(ObjectNode job, JobRunner.Ended ended, boolean timedOut) {
    ended.instances().ifPresent(JobRunner.Instances::release);
  }

  @Override
  ObjectNode describe(JsonNode request) {
    ObjectNode answer = super.describe(request);
    answer.remove("LastModifiedTime");
    return answer;
  }

  @Override
  int longestRun(JsonNode job) {
    return LONGEST_RUN;
  }

  @Override
  Listing listing() {
    return new Listing("TransformJobName", "TransformJobStatus", "TransformJobSummaries", true);
  }

  @Override
  List<String> summaryMembers() {
    return List.of(
        "TransformJobName",
        "TransformJobArn",
        "CreationTime",
        "TransformEndTime",
        "LastModifiedTime",
        "TransformJobStatus",
        "FailureReason");
  }

  @Override
  List<String> detailMembers() {
    return List.of(
        "FailureReason",
        "ModelName",
        "MaxConcurrentTransforms",
        "MaxPayloadInMB",
        "BatchStrategy",
        "Environment",
        "TransformInput",
        "TransformOutput",
        "TransformResources",
        "DataProcessing");
  }
}
