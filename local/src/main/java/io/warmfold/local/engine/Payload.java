package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * A JSON value that goes from state to state, with its text, which histories and the limit on its
 * size need. Neither is to be changed.
 */
record Payload(JsonNode value, String text) {

  /** The most bytes, as UTF-8, of a state's, task's or execution's input or output. */
  static final int LIMIT = 256 * 1024;

  private static final int SHORT = 200;

  static Payload of(JsonNode value) {
    return new Payload(value, Json.write(value));
  }

  /**
   * A value within the limit.
   *
   * @param what it is, as the message names it
   * @throws StateError States.DataLimitExceeded
   */
  static Payload limited(JsonNode value, String what) throws StateError {
    Payload payload = of(value);
    if (payload.tooLarge()) {
      throw StateError.of(ErrorRules.DATA_LIMIT, what + " is larger than " + LIMIT + " bytes");
    }
    return payload;
  }

  boolean tooLarge() {
    return tooLarge(text);
  }

  static boolean tooLarge(String text) {
    // No character takes more than three bytes, so most texts need not be counted.
    return text.length() > LIMIT / 3 && text.getBytes(StandardCharsets.UTF_8).length > LIMIT;
  }

  static String shortened(String text) {
    return text.length() <= SHORT ? text : text.substring(0, SHORT) + "…";
  }
}
