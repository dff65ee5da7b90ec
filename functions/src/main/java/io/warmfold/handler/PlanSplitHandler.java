package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Splitting;

/** Lists a study's data and deals them out in parts. */
public final class PlanSplitHandler extends JsonHandler {

  private final Splitting splitting;

  /** The function on Lambda. */
  public PlanSplitHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public PlanSplitHandler(Platform platform) {
    super(platform);
    this.splitting = wiring().splitting(MAPPER);
  }

  @Override
  ObjectNode handle(JsonNode event) {
    return splitting.plan(text(event, "Study"), text(event, "Execution"));
  }
}
