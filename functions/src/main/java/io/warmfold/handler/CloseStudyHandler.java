package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Closing;

/** Closes a study and returns its result. */
public final class CloseStudyHandler extends JsonHandler {

  private final Closing closing;

  /** The function on Lambda. */
  public CloseStudyHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public CloseStudyHandler(Platform platform) {
    super(platform);
    this.closing = wiring().closing();
  }

  @Override
  ObjectNode handle(JsonNode event) {
    return closing.close(text(event, "Study"), text(event, "Execution"));
  }
}
