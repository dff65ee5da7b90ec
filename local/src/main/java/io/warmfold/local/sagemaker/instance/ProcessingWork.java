package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** A processing job: inputs down, the container, outputs up. */
final class ProcessingWork extends Work {

  private static final JsonMapper JSON = new JsonMapper();

  /** SageMaker says algo-1; AWS's training toolkit waits until its host's name can be resolved. */
  private static final String HOST = "localhost";

  ProcessingWork(Order order, Consumer<String> phases, LongConsumer containers) {
    super(order, phases, containers);
  }

  @Override
  Map<String, Float> metrics() {
    return Map.of();
  }

  @Override
  Done run() throws IOException, InterruptedException, JobFailure {
    Path base = order.base();
    Folders.remake(base);
    Transfer transfer = new Transfer(order.objects());
    try (JobLog log = new JobLog(order.log(), line -> {})) {
      phase("Downloading");
      for (JsonNode input : order.request().path("ProcessingInputs")) {
        JsonNode source = input.path("S3Input");
        if (source.path("S3CompressionType").asText("None").equals("Gzip")) {
          throw JobFailure.client("S3CompressionType Gzip is not served locally.");
        }
        transfer.download(
            source.path("S3DataType").asText("S3Prefix"),
            source.path("S3Uri").textValue(),
            local(source, base));
      }
      for (JsonNode output : outputs()) {
        Files.createDirectories(local(output.path("S3Output"), base));
      }
      configure(base.resolve("config"));
      Files.createDirectories(base.resolve("output"));
      int exitCode = 0;
      if (!stopped()) {
        phase("Training");
        exitCode = contain(container(base, log));
      }
      String message = Folders.text(base.resolve("output/message"));
      if (exitCode != 0 && !stopped()) {
        throw JobFailure.algorithm(message, exitCode);
      }
      phase("Uploading");
      for (JsonNode output : outputs()) {
        JsonNode target = output.path("S3Output");
        transfer.uploadAll(local(target, base), target.path("S3Uri").textValue());
      }
      return new Done(
          Map.of(), message.isBlank() ? Optional.empty() : Optional.of(message.strip()));
    } finally {
      Folders.remove(base.resolve("processing"));
    }
  }

  private JsonNode outputs() {
    return order.request().path("ProcessingOutputConfig").path("Outputs");
  }

  private static Path local(JsonNode end, Path base) {
    return Path.of(Folders.local(end.path("LocalPath").textValue(), base));
  }

  private void configure(Path config) throws IOException {
    Files.createDirectories(config);
    JSON.writeValue(config.resolve("processingjobconfig.json").toFile(), order.request());
    ObjectNode resources = JSON.createObjectNode();
    resources.put("current_host", HOST);
    resources.putArray("hosts").add(HOST);
    JSON.writeValue(config.resolve("resourceconfig.json").toFile(), resources);
  }

  private Container container(Path base, JobLog log) throws JobFailure {
    JsonNode app = order.request().path("AppSpecification");
    List<String> arguments = new ArrayList<>();
    app.path("ContainerArguments").forEach(argument -> arguments.add(argument.asText()));
    List<String> line = new ArrayList<>();
    app.path("ContainerEntrypoint").forEach(word -> line.add(word.asText()));
    if (line.isEmpty()) {
      line.addAll(
          CommandContainer.shell(
              order
                  .command()
                  .orElseThrow(
                      () -> JobFailure.client("The image needs a ContainerEntrypoint to process.")),
              List.of()));
    }
    line.addAll(arguments);
    Map<String, String> environment = new HashMap<>();
    order
        .request()
        .path("Environment")
        .properties()
        .forEach(
            entry ->
                environment.put(entry.getKey(), Folders.local(entry.getValue().asText(), base)));
    environment.put("SAGEMAKER_BASE_DIR", base.toString());
    environment.put("PROCESSING_JOB_NAME", order.name());
    environment.put("PROCESSING_JOB_ARN", order.arn());
    return new CommandContainer(Folders.local(line, base), environment, log, containers);
  }
}
