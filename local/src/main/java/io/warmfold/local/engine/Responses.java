package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;

/** Pieces that the answers of the API, its history events and its notifications have in common. */
final class Responses {

  private Responses() {}

  /** Details of an event that carries an input. */
  static ObjectNode input(Payload input) {
    ObjectNode details = Json.NODES.objectNode().put("input", input.text());
    details.putObject("inputDetails").put("truncated", false);
    return details;
  }

  /** Details of an event that carries an output. */
  static ObjectNode output(Payload output) {
    ObjectNode details = Json.NODES.objectNode().put("output", output.text());
    details.putObject("outputDetails").put("truncated", false);
    return details;
  }

  /** Adds an error's name and cause, as far as there are. */
  static void error(ObjectNode node, StateError error) {
    error(node, error.error(), error.cause());
  }

  static void error(ObjectNode node, String error, String cause) {
    if (error != null) {
      node.put("error", error);
    }
    if (cause != null) {
      node.put("cause", cause);
    }
  }

  /** A time as the JSON protocols carry it. */
  static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  /** Adds whether an execution could be redriven on AWS. */
  static void redrive(ObjectNode node, Execution execution) {
    switch (execution.status()) {
      case RUNNING, SUCCEEDED -> {
        node.put("redriveStatus", "NOT_REDRIVABLE");
        node.put(
            "redriveStatusReason",
            "Execution is "
                + execution.status().name().toUpperCase(Locale.ROOT)
                + " and cannot be redriven");
      }
      case FAILED, TIMED_OUT, ABORTED ->
          node.put(
              "redriveStatus",
              execution.identity().mapRun() == null ? "REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN");
    }
  }
}
