package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Opening;

/** Checks a study document and opens the study, or takes an interrupted one up. */
public final class OpenStudyHandler extends JsonHandler {

  private final Opening opening;

  /** The function on Lambda. */
  public OpenStudyHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public OpenStudyHandler(Platform platform) {
    super(platform);
    this.opening = new Opening(wiring().parts(), platform.random(), wiring().quotas());
  }

  @Override
  ObjectNode handle(JsonNode event) {
    return opening.open(event.path("Document"), text(event, "Execution"));
  }
}
