package io.warmfold.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.FixInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function from JSON to JSON. Its input comes from the state machine or from EventBridge, so a
 * field that is missing is a fault of the installation and named as such.
 *
 * <p>Public, because Lambda's runtime calls {@code handleRequest} by reflection, which needs the
 * class that declares it.
 */
public abstract class JsonHandler implements RequestStreamHandler {

  /** Lambda's own mapper ignores Jackson's annotations, so the functions share this one. */
  static final ObjectMapper MAPPER = new ObjectMapper();

  private final Wiring wiring;

  JsonHandler(Platform platform) {
    this.wiring = new Wiring(platform, getClass().getSimpleName().replace("Handler", ""));
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    MAPPER.writeValue(output, handle(MAPPER.readTree(input)));
  }

  abstract ObjectNode handle(JsonNode event);

  final Wiring wiring() {
    return wiring;
  }

  static String text(JsonNode event, String field) {
    return maybeText(event, field)
        .orElseThrow(() -> new FixInputException("The event has no " + field + "."));
  }

  static Optional<String> maybeText(JsonNode event, String field) {
    return Optional.ofNullable(event.get(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  static int number(JsonNode event, String field) {
    var value = maybeNumber(event, field);
    if (value.isEmpty()) {
      throw new FixInputException("The event has no " + field + ".");
    }
    return value.getAsInt();
  }

  static OptionalInt maybeNumber(JsonNode event, String field) {
    var value = event.get(field);
    return value != null && value.isNumber()
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }
}
