package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Selection;

/** Selects the best trial. */
public final class SelectBestHandler extends JsonHandler {

  private final Selection selection;

  /** The function on Lambda. */
  public SelectBestHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public SelectBestHandler(Platform platform) {
    super(platform);
    this.selection = new Selection(wiring().parts());
  }

  @Override
  ObjectNode handle(JsonNode event) {
    return selection.select(text(event, "Study"), text(event, "Execution"), number(event, "Round"));
  }
}
