package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.warmfold.local.Timeline;
import io.warmfold.local.engine.Evaluator.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A visit to a state that calls nobody: Pass, Choice, Wait, Succeed, Fail. */
final class PlainVisit extends Visit {

  private Timeline.Scheduled wakeUp = () -> {};

  PlainVisit(Flow flow, State state, Payload input) {
    super(flow, state, ErrorRules.NONE, input);
  }

  @Override
  void run() throws StateError {
    switch (state()) {
      case State.Pass pass -> leave(pass.exit(), situation(), input().value());
      case State.Succeed succeed -> leave(succeed.exit(), situation(), input().value());
      case State.Choice choice -> choose(choice);
      case State.Wait wait -> wakeUp = execution().later(delay(wait), () -> wake(wait));
      case State.Fail fail ->
          throw StateError.of(text(fail.error(), "Error"), text(fail.cause(), "Cause"));
      case State.Task s -> throw new IllegalStateException();
      case State.MapOver s -> throw new IllegalStateException();
      case State.Parallel s -> throw new IllegalStateException();
    }
  }

  @Override
  void abort() {
    wakeUp.cancel();
    super.abort();
  }

  private void choose(State.Choice choice) throws StateError {
    Situation situation = situation();
    for (int i = 0; i < choice.rules().size(); i++) {
      State.Rule rule = choice.rules().get(i);
      boolean holds =
          execution()
              .engine()
              .evaluator()
              .evaluate(
                  rule.condition(), situation, JsonNodeType.BOOLEAN, "Choices[" + i + "]/Condition")
              .booleanValue();
      if (holds) {
        leave(rule.exit(), situation, input().value());
        return;
      }
    }
    if (choice.otherwise() == null) {
      throw StateError.of(
          ErrorRules.NO_CHOICE, place() + ": no rule holds and there is no Default");
    }
    leave(choice.otherwise(), situation, input().value());
  }

  private Duration delay(State.Wait wait) throws StateError {
    Evaluator evaluator = execution().engine().evaluator();
    if (wait.seconds() != null) {
      return Duration.ofSeconds(
          evaluator.wholeNumber(wait.seconds(), situation(), "Seconds", 0, MachineReader.LONGEST));
    }
    String text = text(wait.timestamp(), "Timestamp");
    Instant until =
        instant(text)
            .orElseThrow(
                () ->
                    StateError.query(
                        "Timestamp",
                        place()
                            + ": Timestamp is not like 2026-01-31T12:00:00Z: "
                            + Payload.shortened(text)));
    Duration delay = Duration.between(execution().engine().timeline().instant(), until);
    return delay.isNegative() ? Duration.ZERO : delay;
  }

  private void wake(State.Wait wait) {
    try {
      leave(wait.exit(), situation(), input().value());
    } catch (StateError e) {
      failed(e);
    }
  }

  private String text(Template template, String field) throws StateError {
    if (template == null) {
      return null;
    }
    JsonNode value =
        execution()
            .engine()
            .evaluator()
            .evaluate(template, situation(), JsonNodeType.STRING, field);
    return value.textValue();
  }

  /** An instant in the form that Wait takes. */
  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
