package io.warmfold.local.sagemaker.xgboost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.local.sagemaker.xgboost.DataFiles.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A training job in the built-in XGBoost image, from its {@code /opt/ml} folder to the model in it.
 */
public final class XgboostTraining {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String MODEL = "xgboost-model";
  private static final Set<String> CHANNELS = Set.of("train", "validation", "code");

  private final Path base;
  private final int threads;
  private final Consumer<String> log;
  private volatile boolean stopped;

  /**
   * Makes a training that has not started.
   *
   * @param base what the image sees as {@code /opt/ml}
   * @param threads how many threads to use when the hyperparameters do not say; 0 for all cores
   * @param log takes every line that the image prints
   */
  public XgboostTraining(Path base, int threads, Consumer<String> log) {
    this.base = base;
    this.threads = threads;
    this.log = log;
  }

  /** Ends the training after the round that runs; callable from any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Trains.
   *
   * @return the exit code; if it is not 0, {@code output/failure} says why
   */
  public int run() throws IOException {
    try {
      train();
      return 0;
    } catch (UserError e) {
      return fail(e.getMessage());
    } catch (XGBoostError e) {
      return fail("XGB train call failed with exception:\n " + UserError.reason(e));
    }
  }

  private int fail(String message) throws IOException {
    log.accept("ERROR " + message);
    Path failure = base.resolve("output/failure");
    Files.createDirectories(failure.getParent());
    Files.writeString(failure, "framework error: \n" + message);
    return 1;
  }

  private void train() throws IOException, UserError, XGBoostError {
    Map<String, String> given = new LinkedHashMap<>();
    for (var entry : config("hyperparameters").properties()) {
      given.put(entry.getKey(), entry.getValue().asText());
    }
    HyperParameters parameters = HyperParameters.check(given);
    JsonNode channels = channels();
    Format format = Format.of(channels.path("train").path("ContentType").textValue());
    Rows train = read("train", format, parameters.weights());
    if (train.rows() == 0) {
      throw new UserError("No data in training channel path " + channel("train"));
    }
    Optional<Rows> validation = Optional.empty();
    if (channels.has("validation")) {
      Rows rows = read("validation", format, parameters.weights());
      if (rows.rows() == 0) {
        throw new UserError("No data in validation channel path " + channel("validation"));
      }
      validation = Optional.of(rows);
    }
    log.accept(
        "INFO Train matrix has " + train.rows() + " rows and " + train.columns() + " columns");
    boost(parameters, train, validation);
  }

  private void boost(HyperParameters parameters, Rows train, Optional<Rows> validation)
      throws IOException, UserError, XGBoostError {
    Map<String, Evaluated> watched = new LinkedHashMap<>();
    try {
      watched.put("train", new Evaluated(train, 0));
      if (validation.isPresent()) {
        log.accept("INFO Validation matrix has " + validation.get().rows() + " rows");
        watched.put("validation", new Evaluated(validation.get(), train.columns()));
      }
      Optional<byte[]> model = new Boosting(parameters, threads, watched, log, () -> stopped).run();
      if (model.isPresent()) {
        Path file = base.resolve("model").resolve(MODEL);
        Files.createDirectories(file.getParent());
        Files.write(file, model.get());
      }
    } finally {
      watched.values().forEach(data -> data.matrix().dispose());
    }
  }

  private JsonNode channels() throws IOException, UserError {
    JsonNode channels = config("inputdataconfig");
    if (!channels.has("train")) {
      throw new UserError("Missing required channel: train");
    }
    for (var entry : channels.properties()) {
      String name = entry.getKey();
      if (!CHANNELS.contains(name)) {
        throw new UserError("Extraneous channel found: " + name);
      }
      if (name.equals("code")) {
        throw new UserError("Script mode is not run by the local XGBoost image");
      }
      Format.of(entry.getValue().path("ContentType").textValue());
    }
    return channels;
  }

  private JsonNode config(String name) throws IOException {
    return JSON.readTree(base.resolve("input/config").resolve(name + ".json").toFile());
  }

  private Path channel(String name) {
    return base.resolve("input/data").resolve(name);
  }

  private Rows read(String channel, Format format, boolean weighted) throws IOException, UserError {
    Rows rows = new Rows();
    List<Path> files = DataFiles.list(channel(channel), log);
    for (Path file : files) {
      switch (format) {
        case CSV -> new CsvReader(weighted, rows).read(file);
        case LIBSVM -> new LibsvmReader(rows).read(file);
      }
    }
    return rows;
  }
}
