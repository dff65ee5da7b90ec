package io.warmfold.handler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.Closing;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import java.util.Optional;

/**
 * Clears up after a study: called by the state machine when something failed, and by EventBridge
 * when the execution was aborted, timed out or failed without a chance to call it.
 */
public final class AbandonStudyHandler extends JsonHandler {

  private final Closing closing;

  /** The function on Lambda. */
  public AbandonStudyHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public AbandonStudyHandler(Platform platform) {
    super(platform);
    this.closing = wiring().closing();
  }

  @Override
  ObjectNode handle(JsonNode event) {
    var abandoned = event.has("detail") ? ended(event.get("detail")) : failed(event);
    return MAPPER.createObjectNode().put("Abandoned", abandoned);
  }

  private boolean failed(JsonNode event) {
    var study = maybeText(event, "Study").orElse("");
    return !study.isEmpty()
        && closing.abandon(
            study,
            text(event, "Execution"),
            StudyOutcome.FAILED,
            maybeText(event, "Error").orElse("Unknown"),
            maybeText(event, "Cause").map(AbandonStudyHandler::message).orElse(""));
  }

  /** What a function that threw has to say, which Step Functions wraps in JSON; else the cause. */
  static String message(String cause) {
    if (!cause.startsWith("{")) {
      return cause;
    }
    try {
      return maybeText(MAPPER.readTree(cause), "errorMessage").orElse(cause);
    } catch (JsonProcessingException notJson) {
      return cause;
    }
  }

  private boolean ended(JsonNode detail) {
    // A child of a Map has "stateMachine/label" in place of the machine's name: it owns no study.
    if (!text(detail, "stateMachineArn")
        .equals(wiring().platform().variable("STATE_MACHINE_ARN"))) {
      return false;
    }
    var execution = text(detail, "executionArn");
    var status = text(detail, "status");
    return closing
        .studyOf(studyName(detail), execution)
        .filter(
            study ->
                closing.abandon(
                    study.key(),
                    execution,
                    status.equals("ABORTED") ? StudyOutcome.ABORTED : StudyOutcome.FAILED,
                    maybeText(detail, "error").orElse("Execution" + status),
                    maybeText(detail, "cause")
                        .map(AbandonStudyHandler::message)
                        .orElse("The execution ended as " + status + ".")))
        .isPresent();
  }

  private static Optional<String> studyName(JsonNode detail) {
    try {
      return maybeText(MAPPER.readTree(maybeText(detail, "input").orElse("{}")), "StudyName");
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }
}
