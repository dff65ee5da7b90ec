package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.RealTimeline;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.sagemaker.Images;
import io.warmfold.local.sagemaker.SageMakerService;
import io.warmfold.local.sagemaker.SageMakerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The service over real worker processes and the wall clock. */
final class Machine implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_SECONDS = 60;

  private final RealTimeline timeline = new RealTimeline();
  private final BlockingQueue<ObjectNode> arriving = new LinkedBlockingQueue<>();
  private final List<ObjectNode> events = new ArrayList<>();
  private final Path work;
  private final S3Folder objects;
  private final SageMakerService service;

  Machine(Path work, Map<String, String> images) {
    this.work = work;
    objects = new S3Folder(work.resolve("s3"));
    service =
        new SageMakerService(
            timeline,
            SageMakerSettings.unlimited("123456789012", "eu-central-1", new Random(1)),
            Optional.of(work.resolve("sagemaker")),
            objects,
            arriving::add,
            new LocalJobRunner(timeline, objects, work, new Images(images), 1));
  }

  S3Folder objects() {
    return objects;
  }

  /** The events so far, which {@link #await} has seen. */
  List<ObjectNode> events() {
    return events;
  }

  JsonNode call(String operation, String input) throws IOException {
    return service.call(operation, JSON.readTree(input.replace('\'', '"')));
  }

  void object(String uri, String content) throws IOException {
    Path file = objects.file(uri);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** Three shards of a plain regression, and the manifests of one fold. */
  void folds() throws IOException {
    Random random = new Random(7);
    for (int shard = 0; shard < 3; shard++) {
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        double a = random.nextDouble();
        double b = random.nextDouble();
        rows.append(3 * a - 2 * b).append(',').append(a).append(',').append(b).append('\n');
      }
      object("s3://data/shards/shard-" + shard + ".csv", rows.toString());
    }
    object(
        "s3://data/manifests/train",
        "[{\"prefix\": \"s3://data/shards/\"}, \"shard-0.csv\", \"shard-1.csv\"]");
    object(
        "s3://data/manifests/validation", "[{\"prefix\": \"s3://data/shards/\"}, \"shard-2.csv\"]");
  }

  /** Starts a training of the built-in image on the fold. */
  void create(String name, int keepAlive) throws IOException {
    create(name, keepAlive, "{'num_round': '10', 'objective': 'reg:squarederror'}");
  }

  void create(String name, int keepAlive, String hyperparameters) throws IOException {
    call(
        "CreateTrainingJob",
        "{'TrainingJobName': '"
            + name
            + "', 'RoleArn': 'arn:aws:iam::123456789012:role/jobs',"
            + "'AlgorithmSpecification': {'TrainingImage': 'x/sagemaker-xgboost:3.0-5',"
            + " 'TrainingInputMode': 'File'},"
            + "'HyperParameters': "
            + hyperparameters
            + ", 'InputDataConfig': ["
            + channel("train")
            + ","
            + channel("validation")
            + "], 'OutputDataConfig': {'S3OutputPath': 's3://data/out'},"
            + "'ResourceConfig': {'InstanceType': 'ml.m5.large', 'InstanceCount': 1,"
            + " 'VolumeSizeInGB': 10"
            + (keepAlive > 0 ? ", 'KeepAlivePeriodInSeconds': " + keepAlive : "")
            + "}, 'StoppingCondition': {'MaxRuntimeInSeconds': 600}}");
  }

  /** Starts a training of an image of the user's own on the fold. */
  void create(String name, String image) throws IOException {
    call(
        "CreateTrainingJob",
        "{'TrainingJobName': '"
            + name
            + "', 'RoleArn': 'arn:aws:iam::123456789012:role/jobs',"
            + "'AlgorithmSpecification': {'TrainingImage': '"
            + image
            + "', 'TrainingInputMode': 'File', 'MetricDefinitions': [{'Name': 'loss', 'Regex':"
            + " 'loss=(.*)'}]}, 'HyperParameters': {'depth': '3'}, 'InputDataConfig': ["
            + channel("train")
            + "], 'OutputDataConfig': {'S3OutputPath': 's3://data/out/'}, 'ResourceConfig':"
            + " {'InstanceType': 'ml.m5.large', 'InstanceCount': 1, 'VolumeSizeInGB': 10}}");
  }

  /** The process of a job's container, which writes its id to a file; waits for that. */
  ProcessHandle container(String job) throws Exception {
    awaitEvent("Training", job, "Training");
    Path file = work.resolve("jobs").resolve(job).resolve("pid");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (System.nanoTime() < deadline) {
      if (Files.exists(file) && Files.readString(file).endsWith("\n")) {
        return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError("the container of " + job + " did not start");
  }

  private static String channel(String name) {
    return "{'ChannelName': '"
        + name
        + "', 'ContentType': 'text/csv', 'DataSource': {'S3DataSource': {'S3DataType':"
        + " 'ManifestFile', 'S3Uri': 's3://data/manifests/"
        + name
        + "'}}}";
  }

  /** Waits for the event of a job's end, and describes the job. */
  JsonNode await(String trainingJob) throws Exception {
    awaitEvent("Training", trainingJob, "Completed|Failed|Stopped");
    return call("DescribeTrainingJob", "{'TrainingJobName': '" + trainingJob + "'}");
  }

  /** Waits until an event tells of a job's status or secondary status. */
  void awaitEvent(String kind, String job, String status) throws Exception {
    while (true) {
      ObjectNode event = arriving.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no " + status + " of " + job);
      }
      events.add(event);
      JsonNode detail = event.path("detail");
      if (detail.path(kind + "JobName").asText().equals(job)
          && (detail.path(kind + "JobStatus").asText().matches(status)
              || detail.path("SecondaryStatus").asText().matches(status))) {
        return;
      }
    }
  }

  @Override
  public void close() {
    service.close();
    timeline.close();
  }
}
