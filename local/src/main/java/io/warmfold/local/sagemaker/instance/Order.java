package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.sagemaker.JobKind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a worker is told of a job.
 *
 * @param request the create request in the API's shape
 * @param model the model of a transform job, with its containers; a missing node otherwise
 * @param base what the container sees as {@code /opt/ml}
 * @param log where everything goes that the container prints
 * @param objects the local S3
 * @param command the shell command that stands for the image; empty for the built-in one
 * @param threads how many threads the built-in algorithm uses when the job does not say
 */
record Order(
    JobKind kind,
    String name,
    String arn,
    JsonNode request,
    JsonNode model,
    Path base,
    Path log,
    S3Folder objects,
    Optional<String> command,
    int threads) {

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", kind.name());
    json.put("name", name);
    json.put("arn", arn);
    json.set("request", request);
    json.set("model", model);
    json.put("base", base.toString());
    json.put("log", log.toString());
    json.put("objects", objects.root().toString());
    command.ifPresent(text -> json.put("command", text));
    json.put("threads", threads);
    return json;
  }

  static Order fromJson(JsonNode json) {
    return new Order(
        JobKind.valueOf(json.path("kind").textValue()),
        json.path("name").textValue(),
        json.path("arn").textValue(),
        json.path("request"),
        json.path("model"),
        Path.of(json.path("base").textValue()),
        Path.of(json.path("log").textValue()),
        new S3Folder(Path.of(json.path("objects").textValue())),
        Optional.ofNullable(json.path("command").textValue()),
        json.path("threads").intValue());
  }
}
