package io.warmfold.local.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.StudyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The documents of events/simulations, as they are or changed. */
final class StudyDocuments {

  private StudyDocuments() {}

  static StudyDocument of(String name) {
    return of(name, json -> {});
  }

  static StudyDocument of(String name, Consumer<ObjectNode> change) {
    try {
      JsonNode json =
          new JsonMapper()
              .readTree(Files.readAllBytes(Path.of("../events/simulations", name + ".json")));
      change.accept((ObjectNode) json);
      return StudyDocument.require(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Consumer<ObjectNode> limits(int trials, int slots) {
    return json ->
        ((ObjectNode) json.at("/HyperParameterTuningJobConfig/ResourceLimits"))
            .put("MaxNumberOfTrainingJobs", trials)
            .put("MaxParallelTrainingJobs", slots);
  }

  static Consumer<ObjectNode> strategy(String strategy) {
    return json ->
        ((ObjectNode) json.at("/HyperParameterTuningJobConfig")).put("Strategy", strategy);
  }
}
