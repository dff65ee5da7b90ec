package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Lane;
import io.warmfold.flow.LastPool;

/** Gives a lane its next turn. */
public final class NextFoldHandler extends JsonHandler {

  private final Lane lane;

  /** The function on Lambda. */
  public NextFoldHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public NextFoldHandler(Platform platform) {
    super(platform);
    this.lane = new Lane(wiring().parts());
  }

  @Override
  ObjectNode handle(JsonNode event) {
    return lane.next(
        new Lane.Request(
            text(event, "Study"),
            text(event, "Execution"),
            number(event, "Round"),
            number(event, "Lane"),
            number(event, "Turn"),
            maybeText(event.path("Failure"), "Error")
                .map(
                    error ->
                        new Lane.Failure(
                            error, maybeText(event.path("Failure"), "Cause").orElse(""))),
            maybeText(event, "LastJob"),
            LastPool.of(maybeText(event, "LastPool").orElse(""))));
  }
}
