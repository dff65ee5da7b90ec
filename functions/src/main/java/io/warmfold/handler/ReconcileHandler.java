package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Sweep;

/** Makes good what an event that never came has left undone. */
public final class ReconcileHandler extends JsonHandler {

  private final Sweep sweep;

  /** The function on Lambda. */
  public ReconcileHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public ReconcileHandler(Platform platform) {
    super(platform);
    this.sweep = new Sweep(wiring().parts(), wiring().closing());
  }

  @Override
  ObjectNode handle(JsonNode event) {
    return sweep.run();
  }
}
