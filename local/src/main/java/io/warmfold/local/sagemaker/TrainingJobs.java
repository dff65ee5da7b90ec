package io.warmfold.local.sagemaker;

import static java.util.Map.Entry.comparingByKey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** Training jobs: their secondary statuses, final metrics, archives and warm pools. */
final class TrainingJobs extends Jobs {

  private static final int DEFAULT_RUN = 86_400;
  private static final List<String> SUMMARY =
      List.of(
          "TrainingJobName",
          "TrainingJobArn",
          "CreationTime",
          "TrainingEndTime",
          "LastModifiedTime",
          "TrainingJobStatus",
          "SecondaryStatus",
          "WarmPoolStatus");
  private static final List<String> DETAIL =
      List.of(
          "SecondaryStatus",
          "FailureReason",
          "HyperParameters",
          "AlgorithmSpecification",
          "RoleArn",
          "InputDataConfig",
          "OutputDataConfig",
          "ResourceConfig",
          "VpcConfig",
          "StoppingCondition",
          "ModelArtifacts",
          "SecondaryStatusTransitions",
          "EnableNetworkIsolation",
          "EnableInterContainerTrafficEncryption",
          "EnableManagedSpotTraining",
          "TrainingTimeInSeconds",
          "BillableTimeInSeconds");

  private final WarmPools pools;
  private final Map<String, Instant> launched = new HashMap<>();

  TrainingJobs(Context context, Tags tags) {
    super(context, JobKind.TRAINING, tags);
    this.pools = new WarmPools(context, store, this::running);
  }

  @Override
  Demand demand(JsonNode job) {
    JsonNode resources = job.path("ResourceConfig");
    return new Demand(
        resources.path("InstanceType").asText(), resources.path("InstanceCount").asInt(1));
  }

  @Override
  void admit(ObjectNode job) {
    JsonNode algorithm = job.path("AlgorithmSpecification");
    if (algorithm.hasNonNull("TrainingImage") == algorithm.hasNonNull("AlgorithmName")) {
      throw Context.invalid(
          "You must specify exactly one of TrainingImage and AlgorithmName in"
              + " AlgorithmSpecification.");
    }
    if (!algorithm.hasNonNull("TrainingImage")) {
      throw Context.invalid("An algorithm resource cannot be trained locally: name its image.");
    }
    if (Images.builtIn(algorithm.path("TrainingImage").textValue())
        && !algorithm.path("MetricDefinitions").isEmpty()) {
      throw Context.invalid(
          "You can't override the metric definitions for Amazon SageMaker algorithms. Please retry"
              + " the request without specifying metric definitions.");
    }
    admitResources(job);
    Set<String> channels = new HashSet<>();
    for (JsonNode channel : job.path("InputDataConfig")) {
      if (!channels.add(channel.path("ChannelName").textValue())) {
        throw Context.invalid(
            "Duplicate channel name: " + channel.path("ChannelName").textValue() + ".");
      }
      if (!channel.path("DataSource").has("S3DataSource")) {
        throw Context.invalid("Only channels with an S3DataSource can be read locally.");
      }
    }
    ObjectNode stopping = job.withObjectProperty("StoppingCondition");
    if (!stopping.hasNonNull("MaxRuntimeInSeconds")) {
      stopping.put("MaxRuntimeInSeconds", DEFAULT_RUN);
    }
    job.put("SecondaryStatus", "Starting");
    job.putArray("SecondaryStatusTransitions");
    String output = job.path("OutputDataConfig").path("S3OutputPath").textValue();
    job.putObject("ModelArtifacts")
        .put(
            "S3ModelArtifacts",
            output.replaceFirst("/+$", "")
                + "/"
                + name(job)
                + (job.path("OutputDataConfig").path("CompressionType").asText().equals("NONE")
                    ? "/output/model/"
                    : "/output/model.tar.gz"));
    for (JsonNode metric : algorithm.path("MetricDefinitions")) {
      try {
        MetricRegex.compile(metric.path("Regex").textValue());
      } catch (PatternSyntaxException e) {
        throw (ServiceException)
            Context.invalid(
                    "The regular expression of metric "
                        + metric.path("Name").textValue()
                        + " is not valid: "
                        + e.getDescription())
                .initCause(e);
      }
    }
    for (String flag :
        List.of(
            "EnableNetworkIsolation",
            "EnableInterContainerTrafficEncryption",
            "EnableManagedSpotTraining")) {
      if (!job.has(flag)) {
        job.put(flag, false);
      }
    }
    job.put(
        "ProfilingStatus",
        job.path("ProfilerConfig").path("DisableProfiler").asBoolean(false)
            ? "Disabled"
            : "Enabled");
  }

  private static void admitResources(ObjectNode job) {
    JsonNode resources = job.path("ResourceConfig");
    for (String member : List.of("InstanceType", "InstanceCount", "VolumeSizeInGB")) {
      if (!resources.hasNonNull(member)) {
        throw Context.invalid(
            "ResourceConfig needs " + member + ". Instance groups are not run locally.");
      }
    }
    if (!WarmPools.keepAlive(job).isZero()
        && job.path("EnableManagedSpotTraining").asBoolean(false)) {
      throw Context.invalid(
          "KeepAlivePeriodInSeconds is not supported with managed spot training.");
    }
  }

  @Override
  Optional<ObjectNode> model(ObjectNode job) {
    return Optional.empty();
  }

  @Override
  Optional<JobRunner.Instances> warm(ObjectNode job) {
    Optional<WarmPools.Warm> warm = pools.take(job, name(job));
    launched.put(
        name(job), warm.map(WarmPools.Warm::launched).orElse(context.timeline().instant()));
    if (!WarmPools.keepAlive(job).isZero()) {
      WarmPools.status(job, "InUse");
    }
    return warm.map(WarmPools.Warm::instances);
  }

  @Override
  int waitingBeside(ObjectNode job) {
    return pools.waitingBeside(job);
  }

  @Override
  void changed(ObjectNode job, String phase, String message) {
    job.put("SecondaryStatus", phase);
    ArrayNode transitions = job.withArrayProperty("SecondaryStatusTransitions");
    if (!transitions.isEmpty()) {
      ((ObjectNode) transitions.get(transitions.size() - 1))
          .set("EndTime", job.path("LastModifiedTime"));
    }
    ObjectNode transition = transitions.addObject();
    transition.put("Status", phase);
    transition.set("StartTime", job.path("LastModifiedTime"));
    if (job.has("TrainingEndTime")) {
      transition.set("EndTime", job.path("LastModifiedTime"));
    }
    transition.put("StatusMessage", message);
  }

  @Override
  void settle(ObjectNode job, JobRunner.Ended ended, boolean timedOut) {
    if (!ended.metrics().isEmpty()) {
      ArrayNode metrics = job.putArray("FinalMetricDataList");
      ended.metrics().entrySet().stream()
          .sorted(comparingByKey())
          .forEach(
              metric -> {
                ObjectNode entry = metrics.addObject();
                entry.put("MetricName", metric.getKey());
                entry.put("Value", metric.getValue());
                entry.set("Timestamp", context.now());
              });
    }
    if (job.has("TrainingStartTime")) {
      BigDecimal ran =
          job.path("TrainingEndTime")
              .decimalValue()
              .subtract(job.path("TrainingStartTime").decimalValue());
      int seconds = Math.max(1, ran.setScale(0, RoundingMode.CEILING).intValue());
      job.put("TrainingTimeInSeconds", seconds);
      job.put("BillableTimeInSeconds", seconds);
    }
    retain(job, ended);
  }

  private void retain(ObjectNode job, JobRunner.Ended ended) {
    Instant since = launched.remove(name(job));
    boolean asked = !WarmPools.keepAlive(job).isZero();
    boolean itsOwnDoing = ended.failure().isEmpty() || ended.failure().get().startsWith("Algo");
    boolean deserved =
        status(job).equals("Completed")
            || (context.settings().poolsOutliveFailure() && itsOwnDoing);
    if (asked && deserved && ended.instances().isPresent()) {
      pools.keep(job, new WarmPools.Warm(ended.instances().get(), since));
    } else {
      ended.instances().ifPresent(JobRunner.Instances::release);
      if (asked) {
        WarmPools.status(job, "Terminated").put("ResourceRetainedBillableTimeInSeconds", 0);
      }
    }
  }

  /** UpdateTrainingJob: how long the warm pool is kept, and the profiler's settings. */
  ObjectNode update(JsonNode request) {
    ObjectNode job = find(request.path("TrainingJobName").textValue());
    JsonNode seconds = request.path("ResourceConfig").path("KeepAlivePeriodInSeconds");
    if (seconds.isNumber()) {
      if (!pools.available(name(job))) {
        throw Context.invalid(
            "KeepAlivePeriodInSeconds can be updated only while the warm pool of the training job"
                + " is Available.");
      }
      ((ObjectNode) job.path("ResourceConfig")).put("KeepAlivePeriodInSeconds", seconds.intValue());
      pools.update(name(job), seconds.intValue());
    } else if (!status(job).equals("InProgress")) {
      throw Context.invalid(
          "The request was rejected because the training job is in status " + status(job) + ".");
    } else if (request.has("ProfilerConfig")) {
      job.set("ProfilerConfig", request.path("ProfilerConfig").deepCopy());
    }
    job.set("LastModifiedTime", context.now());
    store.put(name(job), job);
    ObjectNode answer = job.objectNode();
    answer.set("TrainingJobArn", job.path("TrainingJobArn"));
    return answer;
  }

  @Override
  boolean matches(JsonNode request, ObjectNode job) {
    return super.matches(request, job)
        && (!request.hasNonNull("WarmPoolStatusEquals")
            || job.path("WarmPoolStatus")
                .path("Status")
                .asText()
                .equals(request.path("WarmPoolStatusEquals").textValue()));
  }

  /** Gives back every pool. */
  void close() {
    pools.close();
  }

  @Override
  int longestRun(JsonNode job) {
    return job.path("StoppingCondition").path("MaxRuntimeInSeconds").asInt(DEFAULT_RUN);
  }

  @Override
  Listing listing() {
    return new Listing("TrainingJobName", "TrainingJobStatus", "TrainingJobSummaries", false);
  }

  @Override
  List<String> summaryMembers() {
    return SUMMARY;
  }

  @Override
  List<String> detailMembers() {
    return DETAIL;
  }
}
