package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.FunctionHost;
import io.warmfold.local.engine.Evaluator.Situation;
import java.time.Duration;

/**
 * A visit to a Task: an invocation, and for {@code .waitForTaskToken} the wait for an answer, which
 * may come before the function has returned.
 */
final class TaskVisit extends Visit {

  private final State.Task task;

  /** Counts the attempts, so that what a given-up attempt still brings is not taken for ours. */
  private int attempt;

  private boolean open;
  private String token;
  private Duration heartbeat;
  private Timeline.Scheduled timeout = () -> {};
  private Timeline.Scheduled missedHeartbeat = () -> {};

  TaskVisit(Flow flow, State.Task task, Payload input) {
    super(flow, task, task.errors(), input);
    this.task = task;
  }

  @Override
  void run() throws StateError {
    attempt++;
    token = task.waitsForToken() ? execution().engine().tokens().issue(this) : null;
    open = true;
    JsonNode arguments;
    try {
      arguments = begin();
    } catch (StateError e) {
      close();
      throw e;
    }
    flow().event("TaskStarted", "taskStartedEventDetails", about());
    int current = attempt;
    execution()
        .engine()
        .functions()
        .invoke(
            function(arguments),
            arguments.path("Payload").isMissingNode()
                ? Json.NODES.objectNode()
                : arguments.get("Payload"),
            outcome -> execution().later(Duration.ZERO, () -> invoked(current, outcome)));
  }

  /** Evaluates everything, schedules the task and starts its clocks. */
  private JsonNode begin() throws StateError {
    Evaluator evaluator = execution().engine().evaluator();
    Situation situation = situation().withContext(() -> Contexts.ofTask(this, token));
    JsonNode arguments = evaluator.evaluate(task.arguments(), situation);
    if (!arguments.path("FunctionName").isTextual()) {
      throw StateError.of(
          ErrorRules.RUNTIME, place() + ": Arguments have no FunctionName that is a string");
    }
    Payload parameters = Payload.limited(arguments, "the arguments of " + place());
    Duration limit = seconds(evaluator, task.timeout(), "TimeoutSeconds", situation);
    heartbeat = seconds(evaluator, task.heartbeat(), "HeartbeatSeconds", situation);
    ObjectNode details = about();
    details.put("region", execution().engine().arns().region());
    details.put("parameters", parameters.text());
    if (limit != null) {
      details.put("timeoutInSeconds", limit.toSeconds());
      timeout = execution().later(limit, () -> timedOut(StateError.timeout()));
    }
    if (heartbeat != null) {
      details.put("heartbeatInSeconds", heartbeat.toSeconds());
      missedHeartbeat = execution().later(heartbeat, () -> timedOut(StateError.heartbeat()));
    }
    flow().event("TaskScheduled", "taskScheduledEventDetails", details);
    return arguments;
  }

  private static Duration seconds(
      Evaluator evaluator, Template template, String field, Situation situation) throws StateError {
    return template == null
        ? null
        : Duration.ofSeconds(
            evaluator.wholeNumber(template, situation, field, 1, MachineReader.LONGEST));
  }

  private static String function(JsonNode arguments) {
    String name = arguments.get("FunctionName").textValue();
    return arguments.path("Qualifier").getNodeType() == JsonNodeType.STRING
        ? name + ":" + arguments.get("Qualifier").textValue()
        : name;
  }

  private void invoked(int ofAttempt, FunctionHost.Outcome outcome) {
    if (!open || ofAttempt != attempt) {
      return;
    }
    switch (outcome) {
      case FunctionHost.Outcome.Threw threw -> fail(error(threw));
      case FunctionHost.Outcome.Returned returned -> {
        JsonNode result = result(returned.payload());
        if (!task.waitsForToken()) {
          succeed(result);
          return;
        }
        ObjectNode details = about();
        details.put("output", Json.write(result));
        details.putObject("outputDetails").put("truncated", false);
        flow().event("TaskSubmitted", "taskSubmittedEventDetails", details);
      }
    }
  }

  /** What the integration makes of a function's answer. */
  private ObjectNode result(JsonNode payload) {
    ObjectNode result = Json.NODES.objectNode();
    result.put("ExecutedVersion", "$LATEST");
    result.set("Payload", payload == null ? Json.NODES.nullNode() : payload);
    result.putObject("SdkHttpMetadata").put("HttpStatusCode", 200);
    result
        .putObject("SdkResponseMetadata")
        .put("RequestId", Ids.uuid(execution().engine().random()));
    result.put("StatusCode", 200);
    return result;
  }

  /** A function's own error comes as JSON; one of the Lambda service as its bare message. */
  private static StateError error(FunctionHost.Outcome.Threw threw) {
    if (threw.errorType().startsWith("Lambda.")) {
      return StateError.of(threw.errorType(), threw.errorMessage());
    }
    ObjectNode cause = Json.NODES.objectNode();
    cause.put("errorMessage", threw.errorMessage());
    cause.put("errorType", threw.errorType());
    return StateError.of(threw.errorType(), Json.write(cause));
  }

  /**
   * Takes the answer to the token. The task is over at once, so that a second answer finds none;
   * the execution goes on in its turn.
   *
   * @param result null when it failed
   * @param error null when it succeeded
   */
  void answer(JsonNode result, StateError error) {
    close();
    execution()
        .later(
            Duration.ZERO,
            () -> {
              if (error == null) {
                succeed(result);
              } else {
                fail(error);
              }
            });
  }

  /** Puts off the timeout for a missed heartbeat. */
  void beat() {
    if (heartbeat != null) {
      missedHeartbeat.cancel();
      missedHeartbeat = execution().later(heartbeat, () -> timedOut(StateError.heartbeat()));
    }
  }

  private void succeed(JsonNode result) {
    close();
    try {
      Payload payload = Payload.limited(result, "the result of " + place());
      ObjectNode details = about();
      details.put("output", payload.text());
      details.putObject("outputDetails").put("truncated", false);
      flow().event("TaskSucceeded", "taskSucceededEventDetails", details);
      leave(task.exit(), situation().withResult(result), result);
    } catch (StateError e) {
      failed(e);
    }
  }

  private void fail(StateError error) {
    close();
    ObjectNode details = about();
    Responses.error(details, error);
    flow().event("TaskFailed", "taskFailedEventDetails", details);
    failed(error);
  }

  private void timedOut(StateError error) {
    close();
    ObjectNode details = about();
    Responses.error(details, error);
    flow().event("TaskTimedOut", "taskTimedOutEventDetails", details);
    failed(error);
  }

  @Override
  void abort() {
    close();
    super.abort();
  }

  private void close() {
    open = false;
    timeout.cancel();
    missedHeartbeat.cancel();
    if (token != null) {
      execution().engine().tokens().revoke(token);
    }
  }

  private ObjectNode about() {
    return Json.NODES.objectNode().put("resourceType", "lambda").put("resource", task.resource());
  }
}
