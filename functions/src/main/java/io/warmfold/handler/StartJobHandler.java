package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.JobStart;
import io.warmfold.job.JobKind;

/** Starts a job that a task waits for. */
public final class StartJobHandler extends JsonHandler {

  private final JobStart jobStart;

  /** The function on Lambda. */
  public StartJobHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public StartJobHandler(Platform platform) {
    super(platform);
    this.jobStart = new JobStart(wiring().parts());
  }

  @Override
  ObjectNode handle(JsonNode event) {
    jobStart.start(
        new JobStart.Request(
            text(event, "Study"),
            text(event, "Execution"),
            JobKind.of(text(event, "Kind")),
            maybeNumber(event, "Trial"),
            maybeNumber(event, "Fold"),
            text(event, "Token")));
    return MAPPER.createObjectNode();
  }
}
