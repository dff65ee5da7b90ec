package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.sagemaker.xgboost.XgboostTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A training job: channels down, the container, the model archive up. */
final class TrainingWork extends Work {

  private static final JsonMapper JSON = new JsonMapper();

  /** SageMaker says algo-1; AWS's training toolkit waits until its host's name can be resolved. */
  private static final String HOST = "localhost";

  private final MetricScraper scraper;

  TrainingWork(Order order, Consumer<String> phases, LongConsumer containers) {
    super(order, phases, containers);
    this.scraper =
        new MetricScraper(
            order.request().path("AlgorithmSpecification").path("MetricDefinitions"),
            order.command().isEmpty());
  }

  @Override
  Map<String, Float> metrics() {
    return scraper.latest();
  }

  @Override
  Done run() throws IOException, InterruptedException, JobFailure {
    Path base = order.base();
    Folders.remake(base);
    Transfer transfer = new Transfer(order.objects());
    try (JobLog log = new JobLog(order.log(), scraper)) {
      phase("Downloading");
      configure(base.resolve("input/config"));
      for (String made : List.of("input/data", "model", "output/data")) {
        Files.createDirectories(base.resolve(made));
      }
      for (JsonNode channel : order.request().path("InputDataConfig")) {
        download(transfer, channel, base.resolve("input/data"));
      }
      int exitCode = 0;
      if (!stopped()) {
        phase("Training");
        exitCode = contain(container(base, log));
      }
      String output = output();
      if (exitCode != 0 && !stopped()) {
        transfer.uploadAll(base.resolve("output/data"), output + "/data");
        throw JobFailure.algorithm(Folders.text(base.resolve("output/failure")), exitCode);
      }
      phase("Uploading");
      upload(transfer, base, output);
      return new Done(scraper.latest(), Optional.empty());
    } finally {
      Folders.remove(base.resolve("input/data"));
      Folders.remove(base.resolve("model"));
    }
  }

  private void download(Transfer transfer, JsonNode channel, Path data)
      throws IOException, JobFailure {
    String name = channel.path("ChannelName").textValue();
    String mode = mode(channel);
    if (mode.equals("Pipe")) {
      throw JobFailure.client("Channel " + name + ": Pipe mode is not served locally.");
    }
    if (channel.path("CompressionType").asText("None").equals("Gzip")) {
      throw JobFailure.client("Channel " + name + ": Gzip is for Pipe mode only.");
    }
    JsonNode source = channel.path("DataSource").path("S3DataSource");
    transfer.download(
        source.path("S3DataType").textValue(),
        source.path("S3Uri").textValue(),
        data.resolve(name));
  }

  private String mode(JsonNode channel) {
    return channel
        .path("InputMode")
        .asText(
            order
                .request()
                .path("AlgorithmSpecification")
                .path("TrainingInputMode")
                .asText("File"));
  }

  private void configure(Path config) throws IOException {
    Files.createDirectories(config);
    JsonNode request = order.request();
    ObjectNode hyperparameters = JSON.createObjectNode();
    if (request.path("HyperParameters").isObject()) {
      hyperparameters.setAll((ObjectNode) request.path("HyperParameters"));
    }
    JSON.writeValue(config.resolve("hyperparameters.json").toFile(), hyperparameters);
    ObjectNode channels = JSON.createObjectNode();
    for (JsonNode channel : request.path("InputDataConfig")) {
      ObjectNode written = channels.putObject(channel.path("ChannelName").textValue());
      if (channel.hasNonNull("ContentType")) {
        written.set("ContentType", channel.path("ContentType"));
      }
      written.put("TrainingInputMode", mode(channel).equals("Pipe") ? "Pipe" : "File");
      written.put(
          "S3DistributionType",
          channel
              .path("DataSource")
              .path("S3DataSource")
              .path("S3DataDistributionType")
              .asText("FullyReplicated"));
      written.put("RecordWrapperType", channel.path("RecordWrapperType").asText("None"));
    }
    JSON.writeValue(config.resolve("inputdataconfig.json").toFile(), channels);
    ObjectNode resources = JSON.createObjectNode();
    String type = request.path("ResourceConfig").path("InstanceType").asText();
    resources.put("current_host", HOST);
    resources.put("current_instance_type", type);
    resources.put("current_group_name", "homogeneousCluster");
    resources.putArray("hosts").add(HOST);
    resources
        .putArray("instance_groups")
        .addObject()
        .put("instance_group_name", "homogeneousCluster")
        .put("instance_type", type)
        .putArray("hosts")
        .add(HOST);
    resources.put("network_interface_name", "lo");
    JSON.writeValue(config.resolve("resourceconfig.json").toFile(), resources);
  }

  private Container container(Path base, JobLog log) {
    if (order.command().isEmpty()) {
      return new BuiltInContainer(new XgboostTraining(base, order.threads(), log));
    }
    JsonNode algorithm = order.request().path("AlgorithmSpecification");
    List<String> arguments = strings(algorithm.path("ContainerArguments"));
    List<String> entrypoint = strings(algorithm.path("ContainerEntrypoint"));
    List<String> line;
    if (entrypoint.isEmpty()) {
      line =
          CommandContainer.shell(
              order.command().get(), arguments.isEmpty() ? List.of("train") : arguments);
    } else {
      line = new ArrayList<>(entrypoint);
      line.addAll(arguments);
    }
    Map<String, String> environment = new HashMap<>();
    order
        .request()
        .path("Environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    environment.put("SAGEMAKER_BASE_DIR", base.toString());
    environment.put("TRAINING_JOB_NAME", order.name());
    environment.put("TRAINING_JOB_ARN", order.arn());
    return new CommandContainer(Folders.local(line, base), environment, log, containers);
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(entry -> strings.add(entry.asText()));
    return strings;
  }

  private String output() {
    return order
            .request()
            .path("OutputDataConfig")
            .path("S3OutputPath")
            .textValue()
            .replaceFirst("/+$", "")
        + "/"
        + order.name()
        + "/output";
  }

  private void upload(Transfer transfer, Path base, String output) throws IOException {
    if (order.request().path("OutputDataConfig").path("CompressionType").asText().equals("NONE")) {
      transfer.uploadAll(base.resolve("model"), output + "/model");
      transfer.uploadAll(base.resolve("output/data"), output + "/data");
      return;
    }
    archive(transfer, base.resolve("model"), output + "/model.tar.gz");
    if (!Folders.empty(base.resolve("output/data"))) {
      archive(transfer, base.resolve("output/data"), output + "/output.tar.gz");
    }
  }

  private static void archive(Transfer transfer, Path folder, String uri) throws IOException {
    Files.createDirectories(folder);
    Path draft = transfer.draft(uri);
    Archive.write(folder, draft);
    transfer.publish(draft, uri);
  }
}
