package io.warmfold.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;

/** Reads what Step Functions gives as a cause. */
final class Causes {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Errors of the functions that say in a whole sentence what is wrong; their names say less. */
  private static final String SPEAKING = "io.warmfold.study.";

  /** Errors that mean the document or its data. */
  private static final Set<String> OF_INPUT =
      Set.of("InputRefused", "io.warmfold.study.FixInputException");

  private Causes() {}

  /** Whether an error of an execution means that the document or its data are wrong. */
  static boolean blameInput(String error) {
    return OF_INPUT.contains(error);
  }

  /** An error and its cause, for people. */
  static String told(String error, String cause) {
    String message = message(cause);
    boolean speaks = error.startsWith(SPEAKING) || error.equals("InputRefused");
    if (message.isBlank()) {
      return error;
    }
    return speaks ? message : error + ": " + message;
  }

  /** What a function that threw has to say, which comes wrapped in JSON; else the cause itself. */
  static String message(String cause) {
    if (cause.startsWith("{")) {
      try {
        JsonNode message = JSON.readTree(cause).path("errorMessage");
        if (message.isTextual()) {
          return message.asText();
        }
      } catch (JsonProcessingException notJson) {
        return cause;
      }
    }
    return cause;
  }
}
