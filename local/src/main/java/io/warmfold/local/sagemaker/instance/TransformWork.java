package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.sagemaker.RecordFilter;
import io.warmfold.local.sagemaker.xgboost.UserError;
import io.warmfold.local.sagemaker.xgboost.XgboostInference;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A batch transform job: the model down, every file through it, {@code <file>.out} up. */
final class TransformWork extends Work {

  private static final int DEFAULT_PAYLOAD = 6;

  private final RecordFilter inputFilter;
  private final RecordFilter outputFilter;
  private final boolean join;

  TransformWork(Order order, Consumer<String> phases, LongConsumer containers) {
    super(order, phases, containers);
    JsonNode processing = order.request().path("DataProcessing");
    this.inputFilter = RecordFilter.parse(processing.path("InputFilter").asText("$"));
    this.outputFilter = RecordFilter.parse(processing.path("OutputFilter").asText("$"));
    this.join = processing.path("JoinSource").asText("None").equals("Input");
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
      JsonNode container = order.model().path("Containers").path(0);
      Path model = base.resolve("model");
      Files.createDirectories(model);
      if (container.hasNonNull("ModelDataUrl")) {
        Archive.read(order.objects().file(container.path("ModelDataUrl").textValue()), model);
      }
      JsonNode source = order.request().path("TransformInput").path("DataSource");
      Map<String, Path> inputs =
          transfer.list(
              source.path("S3DataSource").path("S3DataType").asText(),
              source.path("S3DataSource").path("S3Uri").textValue());
      phase("Training");
      try (Endpoint endpoint = endpoint(container, model, log)) {
        for (var input : inputs.entrySet()) {
          if (stopped()) {
            break;
          }
          transform(transfer, endpoint, input.getKey(), input.getValue());
        }
      }
      phase("Uploading");
      return new Done(Map.of(), Optional.empty());
    } finally {
      Folders.remove(base.resolve("model"));
    }
  }

  private Endpoint endpoint(JsonNode container, Path model, JobLog log)
      throws IOException, InterruptedException, JobFailure {
    String contentType = order.request().path("TransformInput").path("ContentType").asText("");
    if (order.command().isEmpty()) {
      return new BuiltInEndpoint(model, contentType, log);
    }
    Map<String, String> environment = new HashMap<>();
    for (JsonNode from : List.of(container, order.request())) {
      from.path("Environment")
          .properties()
          .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    }
    environment.put("SAGEMAKER_BASE_DIR", order.base().toString());
    return new ServingContainer(
        more -> {
          environment.putAll(more);
          return new CommandContainer(
              CommandContainer.shell(order.command().get(), List.of("serve")),
              environment,
              log,
              containers);
        },
        this::contain,
        contentType.isEmpty() ? "application/octet-stream" : contentType,
        order.request().path("TransformOutput").path("Accept").asText("*/*"));
  }

  /** The built-in image, which answers in this process. */
  private record BuiltInEndpoint(XgboostInference model, String contentType, JobLog log)
      implements Endpoint {

    BuiltInEndpoint(Path model, String contentType, JobLog log) throws IOException, JobFailure {
      this(load(model, log), contentType, log);
    }

    private static XgboostInference load(Path model, JobLog log) throws IOException, JobFailure {
      try {
        return new XgboostInference(model);
      } catch (UserError e) {
        throw refused(e, log);
      }
    }

    private static JobFailure refused(UserError e, JobLog log) {
      log.accept("ERROR " + e.getMessage());
      return (JobFailure) JobFailure.client(e.getMessage()).initCause(e);
    }

    @Override
    public String invoke(String body) throws JobFailure {
      try {
        return model.invoke(body, contentType);
      } catch (UserError e) {
        throw refused(e, log);
      }
    }

    @Override
    public void close() {
      model.close();
    }
  }

  private void transform(Transfer transfer, Endpoint endpoint, String name, Path file)
      throws IOException, InterruptedException, JobFailure {
    JsonNode output = order.request().path("TransformOutput");
    String uri =
        output.path("S3OutputPath").textValue().replaceFirst("/+$", "") + "/" + name + ".out";
    Path draft = transfer.draft(uri);
    String splitType = order.request().path("TransformInput").path("SplitType").asText("None");
    try (Writer out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
      switch (splitType) {
        case "Line" -> lines(endpoint, Files.readAllLines(file, StandardCharsets.UTF_8), out);
        case "None" -> out.write(endpoint.invoke(Files.readString(file, StandardCharsets.UTF_8)));
        default -> throw JobFailure.client("SplitType " + splitType + " is not served locally.");
      }
    }
    transfer.publish(draft, uri);
  }

  /** Sends records one by one or as many as a payload takes, and writes what belongs to them. */
  private void lines(Endpoint endpoint, List<String> records, Writer out)
      throws IOException, InterruptedException, JobFailure {
    boolean single =
        order.request().path("BatchStrategy").asText("MultiRecord").equals("SingleRecord");
    long most =
        1024L * 1024 * Math.max(1, order.request().path("MaxPayloadInMB").asInt(DEFAULT_PAYLOAD));
    List<String> batch = new ArrayList<>();
    long size = 0;
    for (String record : records) {
      if (record.isBlank()) {
        continue;
      }
      if (!batch.isEmpty() && (single || size + record.length() + 1 > most)) {
        send(endpoint, batch, out);
        batch.clear();
        size = 0;
      }
      batch.add(record);
      size += record.length() + 1;
    }
    if (!batch.isEmpty()) {
      send(endpoint, batch, out);
    }
  }

  private void send(Endpoint endpoint, List<String> records, Writer out)
      throws IOException, InterruptedException, JobFailure {
    StringBuilder body = new StringBuilder();
    for (String record : records) {
      body.append(inputFilter.apply(record)).append('\n');
    }
    String answer = endpoint.invoke(body.toString());
    boolean assembled =
        order.request().path("TransformOutput").path("AssembleWith").asText("None").equals("Line");
    if (!join && outputFilter.all() && !assembled) {
      out.write(answer);
      return;
    }
    List<String> answers = answer.strip().lines().toList();
    if (join && answers.size() != records.size()) {
      throw JobFailure.client(
          "The model answered "
              + answers.size()
              + " lines to "
              + records.size()
              + " records, which cannot be joined.");
    }
    for (int i = 0; i < answers.size(); i++) {
      String line = join ? records.get(i) + "," + answers.get(i) : answers.get(i);
      out.write(outputFilter.apply(line));
      out.write('\n');
    }
  }
}
