package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.S3Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The service over modelled jobs and a clock of its own. */
final class Sandbox {

  static final String ROLE = "arn:aws:iam::123456789012:role/jobs";

  private static final JsonMapper JSON = new JsonMapper();

  final TestTimeline timeline = new TestTimeline();
  final ScriptedRunner runner = new ScriptedRunner(timeline);
  final List<ObjectNode> events = new ArrayList<>();
  final S3Folder objects;
  final SageMakerService service;

  Sandbox(Path work, SageMakerSettings settings) {
    objects = new S3Folder(work.resolve("s3"));
    service =
        new SageMakerService(
            timeline,
            settings,
            Optional.of(work.resolve("sagemaker")),
            objects,
            events::add,
            runner);
  }

  static SageMakerSettings settings() {
    return SageMakerSettings.unlimited("123456789012", "eu-central-1", new Random(1));
  }

  JsonNode call(String operation, String input) {
    try {
      return service.call(operation, JSON.readTree(input.replace('\'', '"')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode call(String operation, JsonNode input) {
    return service.call(operation, input);
  }

  /** A training job's request, with a keep-alive period when it is more than 0 seconds. */
  static ObjectNode job(String name, int keepAlive) {
    ObjectNode job = JSON.createObjectNode();
    job.put("TrainingJobName", name);
    job.put("RoleArn", ROLE);
    job.putObject("AlgorithmSpecification")
        .put("TrainingImage", "1.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-xgboost:1.7-1")
        .put("TrainingInputMode", "File");
    job.putObject("HyperParameters").put("num_round", "3");
    job.putObject("OutputDataConfig").put("S3OutputPath", "s3://bucket/out");
    ObjectNode resources = job.putObject("ResourceConfig");
    resources.put("InstanceType", "ml.m5.large").put("InstanceCount", 1).put("VolumeSizeInGB", 10);
    if (keepAlive > 0) {
      resources.put("KeepAlivePeriodInSeconds", keepAlive);
    }
    job.putObject("StoppingCondition").put("MaxRuntimeInSeconds", 3600);
    return job;
  }

  void create(ObjectNode job) {
    service.call("CreateTrainingJob", job);
  }

  JsonNode describe(String name) {
    return call("DescribeTrainingJob", "{'TrainingJobName': '" + name + "'}");
  }

  /** A job's warm pool status; empty when it has none. */
  String pool(String name) {
    return describe(name).path("WarmPoolStatus").path("Status").asText();
  }

  void seconds(int seconds) {
    timeline.pass(Duration.ofSeconds(seconds));
  }

  void object(String uri, String content) {
    try {
      Path file = objects.file(uri);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
