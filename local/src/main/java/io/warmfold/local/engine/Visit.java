package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.Timeline;
import io.warmfold.local.engine.Evaluator.Situation;
import java.time.Instant;

/** A state while a flow is in it: what all types of states have in common. */
abstract class Visit {

  private final Flow flow;
  private final State state;
  private final ErrorRules errors;
  private final Payload input;
  private final int[] attempts;
  private long before;
  private long entered;
  private Instant enteredAt;
  private int retries;
  private Timeline.Scheduled retry = () -> {};

  Visit(Flow flow, State state, ErrorRules errors, Payload input) {
    this.flow = flow;
    this.state = state;
    this.errors = errors;
    this.input = input;
    this.attempts = new int[errors.retriers().size()];
  }

  static Visit of(Flow flow, State state, Payload input) {
    return switch (state) {
      case State.Task task -> new TaskVisit(flow, task, input);
      case State.MapOver map when map.distributed() -> new DistributedVisit(flow, map, input);
      case State.MapOver map -> new FanOutVisit.InlineMap(flow, map, input);
      case State.Parallel parallel -> new FanOutVisit.Branches(flow, parallel, input);
      default -> new PlainVisit(flow, state, input);
    };
  }

  final void enter() {
    before = flow.last();
    enteredAt = execution().engine().timeline().instant();
    ObjectNode details = Responses.input(input).put("name", state.name());
    entered = flow.event(state.type() + "StateEntered", "stateEnteredEventDetails", details);
    execution()
        .engine()
        .listeners()
        .forEach(listener -> listener.stateEntered(execution().view(), state.name()));
    attempt();
  }

  private void attempt() {
    execution().countTransition();
    try {
      run();
    } catch (StateError e) {
      failed(e);
    }
  }

  /** Does the state's work, or begins it. */
  abstract void run() throws StateError;

  /** Stops what goes on below; timers, tokens, flows, children. */
  void abort() {
    retry.cancel();
  }

  /** Adds the event that a state of this type has between its failure and its end, if any. */
  void failedForGood() {}

  /** Retries, catches or gives up. */
  final void failed(StateError error) {
    evaluationFailed(error);
    for (int i = 0; i < attempts.length; i++) {
      ErrorRules.Retrier retrier = errors.retriers().get(i);
      if (ErrorRules.match(retrier.errors(), error)) {
        if (attempts[i] < retrier.maxAttempts()) {
          var delay = retrier.delay(attempts[i], execution().engine().random());
          attempts[i]++;
          retries++;
          retry = execution().later(delay, this::attempt);
          return;
        }
        break;
      }
    }
    failedForGood();
    for (ErrorRules.Catcher catcher : errors.catchers()) {
      if (ErrorRules.match(catcher.errors(), error)) {
        caught(catcher, error);
        return;
      }
    }
    flow.fail(error);
  }

  private void caught(ErrorRules.Catcher catcher, StateError error) {
    ObjectNode errorOutput = Json.NODES.objectNode();
    errorOutput.put("Error", error.error());
    errorOutput.put("Cause", error.cause());
    try {
      leave(catcher.exit(), situation().withErrorOutput(errorOutput), errorOutput);
    } catch (StateError inCatcher) {
      evaluationFailed(inCatcher);
      flow.fail(inCatcher);
    }
  }

  private void evaluationFailed(StateError error) {
    if (error.location() != null) {
      ObjectNode details = Json.NODES.objectNode();
      Responses.error(details, error);
      details.put("location", error.location());
      details.put("state", state.name());
      flow.follow(flow.event("EvaluationFailed", before, "evaluationFailedEventDetails", details));
    }
  }

  /**
   * Leaves the state: evaluates its output and its variables, both with the variables as they were.
   *
   * @param otherwise the output when the exit has none of its own
   */
  final void leave(Exit exit, Situation situation, JsonNode otherwise) throws StateError {
    Evaluator evaluator = execution().engine().evaluator();
    JsonNode assigned = exit.assign() == null ? null : evaluator.evaluate(exit.assign(), situation);
    Payload output =
        Payload.limited(
            exit.output() == null ? otherwise : evaluator.evaluate(exit.output(), situation),
            "the output of " + place());
    ObjectNode details = Responses.output(output).put("name", state.name());
    if (assigned != null && !assigned.isEmpty()) {
      assign(assigned);
      ObjectNode variables = details.putObject("assignedVariables");
      assigned.properties().forEach(v -> variables.put(v.getKey(), Json.write(v.getValue())));
      details.putObject("assignedVariablesDetails").put("truncated", false);
    }
    flow.event(state.type() + "StateExited", "stateExitedEventDetails", details);
    execution()
        .engine()
        .listeners()
        .forEach(listener -> listener.stateExited(execution().view(), state.name()));
    flow.leave(exit.next(), output);
  }

  private void assign(JsonNode assigned) throws StateError {
    Payload.limited(assigned, "what is assigned in " + place());
    String taken = flow.scope().taken(assigned);
    if (taken != null) {
      throw StateError.of(
          ErrorRules.RUNTIME, place() + ": the variable " + taken + " is of an outer scope");
    }
    flow.scope().assign(assigned);
  }

  /** What the state's templates are evaluated in, without a result. */
  final Situation situation() {
    return new Situation(place(), flow.scope(), input.value(), null, null, () -> Contexts.of(this));
  }

  final String place() {
    return "the state '" + state.name() + "' (entered at event " + entered + ")";
  }

  final Flow flow() {
    return flow;
  }

  final Execution execution() {
    return flow.execution();
  }

  final State state() {
    return state;
  }

  final Payload input() {
    return input;
  }

  final Instant enteredAt() {
    return enteredAt;
  }

  final int retries() {
    return retries;
  }
}
