package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.engine.Lab.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a task does about errors: retries, catches, and which names stand for which errors. */
final class RetryAndCatchTest {

  private static final String INVOKE =
      """
      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {"FunctionName": "f", "Payload": {"n": "{% $states.input.n %}"}}\
      """;

  private final Lab lab = new Lab();

  private static JsonNode task(String more) {
    return machine("\"T\": {" + INVOKE + ", " + more + "}, \"Z\": {\"Type\": \"Succeed\"}");
  }

  private List<Long> secondsOfCalls() {
    List<Long> seconds = new ArrayList<>();
    for (Instant time : lab.functions.times) {
      seconds.add(Duration.between(Lab.START, time).toSeconds());
    }
    return seconds;
  }

  @Test
  void retriesWaitLongerAndLonger() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("E", "");
        });
    JsonNode failed =
        lab.run(
            task(
                """
                "Next": "Z", "Retry": [{"ErrorEquals": ["E"], "IntervalSeconds": 2,
                  "MaxAttempts": 5, "BackoffRate": 3, "MaxDelaySeconds": 30}]
                """),
            "{\"n\": 1}");
    assertThat(failed.get("error").textValue()).isEqualTo("E");
    // 2, 6, 18, then 54 and 162 cut to 30.
    assertThat(secondsOfCalls()).containsExactly(0L, 2L, 8L, 26L, 56L, 86L);
  }

  @Test
  void aRetryHasDefaults() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("E", "");
        });
    lab.run(task("\"Next\": \"Z\", \"Retry\": [{\"ErrorEquals\": [\"E\"]}]"), "{\"n\": 1}");
    assertThat(secondsOfCalls()).containsExactly(0L, 1L, 3L, 7L);
  }

  @Test
  void fullJitterDrawsFromNothingToTheWholeDelay() {
    List<Double> delays = new ArrayList<>();
    ErrorRules.Retrier retrier =
        new ErrorRules.Retrier(List.of("E"), Duration.ofSeconds(8), 9, 2, null, true);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 4000; i++) {
      delays.add(retrier.delay(1, random).toMillis() / 1000.0);
    }
    assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(0.0, 16.0));
    double mean = delays.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    assertThat(mean).isCloseTo(8.0, within(0.4));
  }

  @Test
  void aRetryEvaluatesItsArgumentsAgain() {
    lab.functions.on(
        "f",
        payload -> {
          if (payload.get("retry").intValue() < 2) {
            throw new Failure("E", "");
          }
          return payload;
        });
    JsonNode output =
        lab.output(
            """
            "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
              "Arguments": {"FunctionName": "f",
                "Payload": {"retry": "{% $states.context.State.RetryCount %}"}},
              "Retry": [{"ErrorEquals": ["E"]}], "Output": "{% $states.result.Payload.retry %}"}
            """,
            "{}");
    assertThat(output.intValue()).isEqualTo(2);
  }

  @Test
  void everyRetrierCountsItsOwnAttempts() {
    List<String> errors = List.of("A", "B", "A", "B", "A");
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure(errors.get(lab.functions.calls.size() - 1), "");
        });
    JsonNode failed =
        lab.run(
            task(
                """
                "Next": "Z", "Retry": [
                  {"ErrorEquals": ["A"], "MaxAttempts": 2, "BackoffRate": 1},
                  {"ErrorEquals": ["States.ALL"], "MaxAttempts": 2, "BackoffRate": 1}]
                """),
            "{\"n\": 1}");
    // The third A finds its retrier exhausted; the one for everything is not asked then.
    assertThat(failed.get("error").textValue()).isEqualTo("A");
    assertThat(lab.functions.calls).hasSize(5);
  }

  @Test
  void comingBackToAStateStartsItsRetriesAnew() {
    lab.functions.on(
        "f",
        payload -> {
          if (lab.functions.calls.size() % 2 == 1) {
            throw new Failure("E", "");
          }
          return payload;
        });
    JsonNode output =
        lab.output(
            """
            "I": {"Type": "Pass", "Assign": {"i": 0}, "Next": "T"},
            "T": {%s, "Assign": {"i": "{%% $i + 1 %%}"}, "Next": "C",
              "Output": "{%% $states.input %%}",
              "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}]},
            "C": {"Type": "Choice", "Choices": [{"Condition": "{%% $i < 4 %%}", "Next": "T"}],
              "Default": "Z"},
            "Z": {"Type": "Succeed", "Output": "{%% $i %%}"}
            """
                .formatted(INVOKE),
            "{\"n\": 1}");
    assertThat(output.intValue()).isEqualTo(4);
    assertThat(lab.functions.calls).hasSize(8);
  }

  @Test
  void aCatcherSeesTheErrorAndAssigns() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("E", "why");
        });
    JsonNode output =
        lab.output(
            """
            "A": {"Type": "Pass", "Assign": {"tries": 1}, "Next": "T"},
            "T": {%s, "End": true, "Catch": [
              {"ErrorEquals": ["Other"], "Next": "T"},
              {"ErrorEquals": ["States.ALL"], "Next": "Z",
                "Assign": {"error": "{%% $states.errorOutput.Error %%}", "tries": "{%% $tries + 1 %%}"},
                "Output": {"cause": "{%% $parse($states.errorOutput.Cause).errorMessage %%}",
                  "tries": "{%% $tries %%}", "n": "{%% $states.input.n %%}"}}]},
            "Z": {"Type": "Succeed", "Output": "{%% [$states.input, $error, $tries] %%}"}
            """
                .formatted(INVOKE),
            "{\"n\": 8}");
    assertThat(output).isEqualTo(json("[{\"cause\": \"why\", \"tries\": 1, \"n\": 8}, \"E\", 2]"));
  }

  @Test
  void aCaughtErrorIsTheOutputUnlessTheCatcherHasOne() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("Lambda.Unknown", "why");
        });
    JsonNode output =
        lab.output(
            """
            "T": {%s, "End": true, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Z"}]},
            "Z": {"Type": "Succeed"}
            """
                .formatted(INVOKE),
            "{\"n\": 8}");
    assertThat(output).isEqualTo(json("{\"Error\": \"Lambda.Unknown\", \"Cause\": \"why\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "E, E, true",
    "E, F, false",
    "E, States.ALL, true",
    "E, States.TaskFailed, true",
    "States.Timeout, States.TaskFailed, false",
    "States.Timeout, States.ALL, true",
    "States.Timeout, States.HeartbeatTimeout, false",
    "States.Runtime, States.ALL, false",
    "States.Runtime, States.Runtime, false",
    "States.DataLimitExceeded, States.ALL, false",
    "States.DataLimitExceeded, States.TaskFailed, false",
    "States.DataLimitExceeded, States.DataLimitExceeded, true",
    "States.QueryEvaluationError, States.ALL, true",
    ", States.ALL, true",
    ", E, false",
  })
  void namesCatchErrors(String error, String name, boolean caught) {
    assertThat(ErrorRules.match(List.of(name), StateError.of(error, ""))).isEqualTo(caught);
  }

  @Test
  void aMissedHeartbeatGoesByTwoNames() {
    StateError missed = StateError.heartbeat();
    assertThat(ErrorRules.match(List.of("States.HeartbeatTimeout"), missed)).isTrue();
    assertThat(ErrorRules.match(List.of("States.Timeout"), missed)).isTrue();
    assertThat(ErrorRules.match(List.of("States.TaskFailed"), missed)).isFalse();
  }

  @Test
  void aFailedExpressionCanBeCaughtAndRetried() {
    lab.functions.on("f", payload -> json("{}"));
    JsonNode output =
        lab.output(
            """
            "T": {%s, "Output": "{%% $states.result.Payload.missing %%}", "End": true,
              "Retry": [{"ErrorEquals": ["States.QueryEvaluationError"], "MaxAttempts": 1}],
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Z"}]},
            "Z": {"Type": "Succeed", "Output": "{%% $states.input.Error %%}"}
            """
                .formatted(INVOKE),
            "{\"n\": 8}");
    assertThat(output.textValue()).isEqualTo("States.QueryEvaluationError");
    assertThat(lab.functions.calls).hasSize(2);
  }

  @Test
  void aFailedExpressionInACatcherEndsTheExecution() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("E", "");
        });
    JsonNode failed =
        lab.run(
            task(
                """
                "End": true, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Z",
                  "Output": "{% $states.errorOutput.Nope %}"}]
                """),
            "{\"n\": 1}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.QueryEvaluationError");
    assertThat(failed.get("cause").textValue()).contains("Catch[0]/Output");
  }
}
