package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Registration;

/** Registers the model. */
public final class RegisterModelHandler extends JsonHandler {

  private final Registration registration;

  /** The function on Lambda. */
  public RegisterModelHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public RegisterModelHandler(Platform platform) {
    super(platform);
    this.registration = wiring().registration();
  }

  @Override
  ObjectNode handle(JsonNode event) {
    return registration.register(text(event, "Study"), text(event, "Execution"));
  }
}
