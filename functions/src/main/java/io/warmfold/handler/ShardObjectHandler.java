package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Splitting;

/** Splits one part of a study's data. */
public final class ShardObjectHandler extends JsonHandler {

  private final Splitting splitting;

  /** The function on Lambda. */
  public ShardObjectHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public ShardObjectHandler(Platform platform) {
    super(platform);
    this.splitting = wiring().splitting(MAPPER);
  }

  @Override
  ObjectNode handle(JsonNode event) {
    return splitting.shard(text(event, "Study"), text(event, "Execution"), number(event, "Part"));
  }
}
