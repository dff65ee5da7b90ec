package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What Lambda's Java runtime says of an exception. */
final class LambdaErrors {

  /** Deeper chains of causes are cut; a chain may even lead back into itself. */
  private static final int DEEPEST_CAUSE = 8;

  /** Step Functions cuts a cause at 32,768 characters, which would leave no JSON. */
  private static final int MOST_FRAMES = 60;

  private LambdaErrors() {}

  /** An object of {@code errorMessage}, {@code errorType}, {@code stackTrace} and {@code cause}. */
  static ObjectNode describe(Throwable thrown) {
    return describe(thrown, 0);
  }

  private static ObjectNode describe(Throwable thrown, int depth) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("errorMessage", thrown.getMessage());
    error.put("errorType", thrown.getClass().getName());
    ArrayNode trace = error.putArray("stackTrace");
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, MOST_FRAMES >> depth); i++) {
      trace.add(frames[i].toString());
    }
    if (thrown.getCause() != null && depth < DEEPEST_CAUSE) {
      error.set("cause", describe(thrown.getCause(), depth + 1));
    }
    return error;
  }
}
