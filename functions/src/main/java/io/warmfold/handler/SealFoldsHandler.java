package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Splitting;

/** Writes the folds' manifests and seals what is in them. */
public final class SealFoldsHandler extends JsonHandler {

  private final Splitting splitting;

  /** The function on Lambda. */
  public SealFoldsHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public SealFoldsHandler(Platform platform) {
    super(platform);
    this.splitting = wiring().splitting(MAPPER);
  }

  @Override
  ObjectNode handle(JsonNode event) {
    return splitting.seal(text(event, "Study"), text(event, "Execution"));
  }
}
