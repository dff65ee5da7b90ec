package io.warmfold.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.StudyDocument;
import java.util.List;
import java.util.Map;

/**
 * The requests of a study's jobs, in the shape of SageMaker's API, made of nothing but the document
 * and the study's place: the same job is always asked for in the same way.
 */
public final class JobRequests {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final StudyPlace place;
  private final StudyDocument document;
  private final JsonNode json;
  private final String study;

  /** The requests of one study. */
  public JobRequests(StudyPlace place, StudyDocument document, String study) {
    this.place = place;
    this.document = document;
    this.json = document.toJson();
    this.study = study;
  }

  /**
   * CreateTrainingJob for a fold: all shards but one to train on, one to be scored on.
   *
   * @param keepWarm whether its instances are to be kept for the next job
   */
  public ObjectNode fold(JobName name, Map<String, String> tuned, boolean keepWarm) {
    var fold = name.fold().orElseThrow();
    var request =
        training(
            name,
            tuned,
            List.of(
                channel("train", "fold-" + fold + "-train"),
                channel("validation", "fold-" + fold + "-validation")));
    if (keepWarm) {
      // Every job has to ask for its instances to be kept: one that does not ends the pool.
      ((ObjectNode) request.get("ResourceConfig"))
          .put("KeepAlivePeriodInSeconds", KeepAlive.seconds(document));
    }
    return request;
  }

  /** CreateTrainingJob for the best hyperparameters on all shards; its instances are not kept. */
  public ObjectNode finalTraining(JobName name, Map<String, String> tuned) {
    return training(name, tuned, List.of(channel("train", "all")));
  }

  private ObjectNode training(JobName name, Map<String, String> tuned, List<ObjectNode> channels) {
    var definition = (ObjectNode) json.get("TrainingJobDefinition").deepCopy();
    var values = NODES.objectNode();
    definition
        .path("StaticHyperParameters")
        .properties()
        .forEach(value -> values.set(value.getKey(), value.getValue()));
    tuned.forEach(values::put);
    definition.remove(List.of("StaticHyperParameters", "Tags"));
    definition.put("TrainingJobName", name.text());
    definition.set("HyperParameters", values);
    definition.putArray("InputDataConfig").addAll(channels);
    if (!definition.has("RoleArn")) {
      definition.put("RoleArn", place.trainingRole());
    }
    if (!definition.path("OutputDataConfig").isObject()) {
      definition.putObject("OutputDataConfig");
    }
    ((ObjectNode) definition.get("OutputDataConfig"))
        .put("S3OutputPath", place.models(document, study));
    definition.withObject("ProfilerConfig").put("DisableProfiler", true);
    ((ObjectNode) definition.get("ResourceConfig")).remove("KeepAlivePeriodInSeconds");
    definition.set("Tags", tags());
    return definition;
  }

  private ObjectNode channel(String name, String manifest) {
    var channel = NODES.objectNode().put("ChannelName", name);
    channel
        .putObject("DataSource")
        .putObject("S3DataSource")
        .put("S3DataType", "ManifestFile")
        .put("S3Uri", place.s3(document, study) + "manifests/" + manifest + ".manifest")
        .put("S3DataDistributionType", "FullyReplicated");
    return channel.put("ContentType", document.data().contentType());
  }

  /** CreateProcessingJob for the preparation of the data. */
  public ObjectNode processing(JobName name) {
    var request = (ObjectNode) json.get("Processing").deepCopy();
    request.put("ProcessingJobName", name.text());
    if (!request.has("RoleArn")) {
      request.put("RoleArn", place.trainingRole());
    }
    request.set("Tags", tags());
    return request;
  }

  /**
   * CreateModel for the batch transform: from image and artifacts, so that it needs no approval.
   */
  public ObjectNode model(JobName name, String artifacts) {
    var request = NODES.objectNode().put("ModelName", name.text());
    request.put(
        "ExecutionRoleArn",
        document.training().roleArn() == null
            ? place.trainingRole()
            : document.training().roleArn());
    request
        .putObject("PrimaryContainer")
        .put("Image", document.model().inferenceImage())
        .put("ModelDataUrl", artifacts);
    var network = json.path("TrainingJobDefinition").get("VpcConfig");
    if (network != null) {
      request.set("VpcConfig", network);
    }
    if (document.training().enableNetworkIsolation()) {
      request.put("EnableNetworkIsolation", true);
    }
    request.set("Tags", tags());
    return request;
  }

  /** CreateTransformJob for the user's new data. */
  public ObjectNode transform(JobName name) {
    var request = (ObjectNode) json.get("Transform").deepCopy();
    request.put("TransformJobName", name.text());
    request.put("ModelName", name.text());
    request.withObject("TransformOutput").put("S3OutputPath", place.predictions(document, study));
    request.set("Tags", tags());
    return request;
  }

  private ArrayNode tags() {
    var tags = NODES.arrayNode();
    tags.addAll((ArrayNode) json.path("TrainingJobDefinition").withArray("Tags"));
    tags.addObject().put("Key", "warmfold:study").put("Value", document.studyName());
    tags.addObject().put("Key", "warmfold:key").put("Value", study);
    return tags;
  }
}
