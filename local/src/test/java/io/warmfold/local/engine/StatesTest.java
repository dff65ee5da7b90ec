package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The states that call nobody, and what data does on its way through them. */
final class StatesTest {

  private final Lab lab = new Lab();

  @Test
  void inputPassesThroughUnlessThereIsAnOutput() {
    assertThat(lab.output("\"A\": {\"Type\": \"Pass\", \"End\": true}", "{\"a\": [1, null]}"))
        .isEqualTo(json("{\"a\": [1, null]}"));
    assertThat(
            lab.output(
                "\"A\": {\"Type\": \"Pass\", \"Output\": {\"b\": \"{% $states.input.a %}\", \"c\": 1},"
                    + " \"End\": true}",
                "{\"a\": \"x\"}"))
        .isEqualTo(json("{\"b\": \"x\", \"c\": 1}"));
  }

  @Test
  void outputAndAssignSeeTheVariablesAsTheyWere() {
    JsonNode output =
        lab.output(
            """
            "A": {"Type": "Pass", "Assign": {"x": 1, "y": 10}, "Next": "B"},
            "B": {"Type": "Pass", "Next": "C",
              "Assign": {"x": "{% $x + 1 %}", "y": "{% $x %}"},
              "Output": {"x": "{% $x %}", "y": "{% $y %}"}},
            "C": {"Type": "Succeed",
              "Output": {"before": "{% $states.input %}", "after": "{% [$x, $y] %}"}}
            """,
            "{}");
    assertThat(output).isEqualTo(json("{\"before\": {\"x\": 1, \"y\": 10}, \"after\": [2, 1]}"));
  }

  @Test
  void aVariableCanBeNull() {
    assertThat(
            lab.output(
                """
                "A": {"Type": "Pass", "Assign": {"x": null}, "Next": "B"},
                "B": {"Type": "Succeed", "Output": {
                  "x": "{% $x %}", "is": "{% $x = null %}", "there": "{% $exists($x) %}"}}
                """,
                "{}"))
        .isEqualTo(json("{\"x\": null, \"is\": true, \"there\": true}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$missing", "$states.input.missing", "missing", "$", "$$", "[1,2][5]"})
  void nothingIsAnError(String expression) {
    JsonNode failed =
        lab.run(
            machine("\"A\": {\"Type\": \"Succeed\", \"Output\": \"{% " + expression + " %}\"}"),
            "{\"a\": 1}");
    assertThat(failed.get("status").textValue()).isEqualTo("FAILED");
    assertThat(failed.get("error").textValue()).isEqualTo("States.QueryEvaluationError");
    assertThat(failed.get("cause").textValue()).contains("'A'", "Output", expression, "undefined");
  }

  @Test
  void anErrorInAnExpressionNamesItsField() {
    String arn =
        lab.start(
            machine(
                """
                "A": {"Type": "Pass", "Next": "B"},
                "B": {"Type": "Pass", "Assign": {"x": {"y": "{% 'a' + 1 %}"}}, "End": true}
                """),
            "{}");
    lab.timeline.runUntilIdle();
    assertThat(lab.story(arn))
        .containsExactly(
            "0 ExecutionStarted",
            "0 PassStateEntered",
            "2 PassStateExited",
            "3 PassStateEntered",
            "3 EvaluationFailed",
            "5 ExecutionFailed");
    JsonNode details = lab.history(arn).get(4).get("evaluationFailedEventDetails");
    assertThat(details.get("error").textValue()).isEqualTo("States.QueryEvaluationError");
    assertThat(details.get("location").textValue()).isEqualTo("Assign/x/y");
    assertThat(details.get("state").textValue()).isEqualTo("B");
  }

  @Test
  void aFunctionIsNoResult() {
    JsonNode failed =
        lab.run(
            machine("\"A\": {\"Type\": \"Succeed\", \"Output\": \"{% function($x){$x} %}\"}"),
            "{}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.QueryEvaluationError");
  }

  @ParameterizedTest
  @CsvSource({"1, small", "7, large", "5, middle"})
  void choiceGoesTheFirstWayThatHolds(int n, String way) {
    JsonNode output =
        lab.output(
            """
            "A": {"Type": "Choice", "Choices": [
                {"Condition": "{% $states.input.n < 5 %}", "Next": "Small",
                  "Output": {"way": "small"}, "Assign": {"v": "rule"}},
                {"Condition": "{% $states.input.n > 5 %}", "Next": "Large",
                  "Assign": {"v": "rule"}}],
              "Default": "Middle", "Output": {"way": "middle"}, "Assign": {"v": "default"}},
            "Small": {"Type": "Succeed", "Output": "{% $states.input.way & ' ' & $v %}"},
            "Large": {"Type": "Succeed", "Output": "{% 'large ' & $v & $states.input.n %}"},
            "Middle": {"Type": "Succeed", "Output": "{% $states.input.way & ' ' & $v %}"}
            """,
            "{\"n\": " + n + "}");
    assertThat(output.textValue()).startsWith(way).contains(n == 5 ? "default" : "rule");
  }

  @Test
  void aConditionIsABoolean() {
    JsonNode failed =
        lab.run(
            machine(
                """
                "A": {"Type": "Choice", "Default": "B",
                  "Choices": [{"Condition": "{% $states.input.n %}", "Next": "B"}]},
                "B": {"Type": "Succeed"}
                """),
            "{\"n\": 1}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.QueryEvaluationError");
    assertThat(failed.get("cause").textValue()).contains("Choices[0]/Condition", "boolean");
  }

  @Test
  void noWayIsAnError() {
    JsonNode failed =
        lab.run(
            machine(
                """
                "A": {"Type": "Choice", "Choices": [{"Condition": false, "Next": "B"}]},
                "B": {"Type": "Succeed"}
                """),
            "{}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.NoChoiceMatched");
  }

  @Test
  void waitTakesItsTime() {
    lab.output(
        """
        "A": {"Type": "Wait", "Seconds": 90, "Next": "B"},
        "B": {"Type": "Wait", "Seconds": "{% $states.input.s %}", "Next": "C"},
        "C": {"Type": "Wait", "Timestamp": "2026-03-01T09:00:00+01:00", "Next": "D"},
        "D": {"Type": "Wait", "Timestamp": "{% $states.input.t %}", "End": true}
        """,
        "{\"s\": 30, \"t\": \"2026-03-02T08:00:00Z\"}");
    // C lies in the past: 09:00 at +01:00 is when the clock started.
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plus(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "100000000", "'1'", "null"})
  void waitRefusesOtherNumbers(String seconds) {
    JsonNode failed =
        lab.run(
            machine(
                "\"A\": {\"Type\": \"Wait\", \"Seconds\": \"{% "
                    + seconds
                    + " %}\", \"End\": true}"),
            "{}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.QueryEvaluationError");
    assertThat(failed.get("cause").textValue()).contains("Seconds");
  }

  @Test
  void failSaysWhy() {
    JsonNode failed =
        lab.run(
            machine(
                """
                "A": {"Type": "Fail", "Error": "Broken", "Cause": "{% 'n is ' & $states.input.n %}"}
                """),
            "{\"n\": 3}");
    assertThat(failed.get("status").textValue()).isEqualTo("FAILED");
    assertThat(failed.get("error").textValue()).isEqualTo("Broken");
    assertThat(failed.get("cause").textValue()).isEqualTo("n is 3");
    assertThat(failed.has("output")).isFalse();
  }

  @Test
  void theContextTellsWhereOneIs() {
    JsonNode definition =
        machine(
            """
            "A": {"Type": "Wait", "Seconds": 5, "Next": "B"},
            "B": {"Type": "Succeed", "Output": "{% $states.context %}"}
            """);
    String machine = lab.service.register("m", definition, Lab.ROLE);
    String arn = lab.startExecution(machine, "run-1", "{\"a\": 1}");
    lab.timeline.runUntilIdle();
    assertThat(json(lab.describe(arn).get("output").textValue()))
        .isEqualTo(
            json(
                """
                {"Execution": {"Id": "arn:aws:states:eu-west-1:123456789012:execution:m:run-1",
                    "Input": {"a": 1}, "Name": "run-1", "RoleArn": "%s",
                    "StartTime": "2026-03-01T08:00:00.000Z", "RedriveCount": 0},
                  "StateMachine": {"Id": "arn:aws:states:eu-west-1:123456789012:stateMachine:m",
                    "Name": "m"},
                  "State": {"Name": "B", "EnteredTime": "2026-03-01T08:00:05.000Z",
                    "RetryCount": 0}}
                """
                    .formatted(Lab.ROLE)));
  }

  @Test
  void aStatesOutputHasALimit() {
    String large = "{% [1..60000] %}";
    JsonNode failed =
        lab.run(machine("\"A\": {\"Type\": \"Succeed\", \"Output\": \"" + large + "\"}"), "{}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.DataLimitExceeded");
    JsonNode assigned =
        lab.run(
            machine(
                "\"A\": {\"Type\": \"Pass\", \"Assign\": {\"x\": \""
                    + large
                    + "\"}, \"End\": true}"),
            "{}");
    assertThat(assigned.get("error").textValue()).isEqualTo("States.DataLimitExceeded");
  }

  @Test
  void theLimitCountsBytes() {
    String text = "\"" + "é".repeat(131_069) + "\"";
    assertThat(lab.output("\"A\": {\"Type\": \"Succeed\"}", text)).isEqualTo(json(text));
    JsonNode failed =
        lab.run(
            machine("\"A\": {\"Type\": \"Succeed\", \"Output\": {\"a\": \"{% $states.input %}\"}}"),
            text);
    assertThat(failed.get("error").textValue()).isEqualTo("States.DataLimitExceeded");
  }

  @Test
  void anExecutionMayHaveATimeout() {
    ObjectNode definition =
        (ObjectNode) machine("\"A\": {\"Type\": \"Wait\", \"Seconds\": 100, \"End\": true}");
    definition.put("TimeoutSeconds", 60);
    String arn = lab.start(definition, "{}");
    lab.timeline.runUntilIdle();
    JsonNode timedOut = lab.describe(arn);
    assertThat(timedOut.get("status").textValue()).isEqualTo("TIMED_OUT");
    assertThat(timedOut.has("error")).isFalse();
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(60));
    assertThat(lab.story(arn))
        .containsExactly("0 ExecutionStarted", "0 WaitStateEntered", "2 ExecutionTimedOut");
  }

  @Test
  void anExecutionThatEndsInTimeDoesNotTimeOut() {
    ObjectNode definition =
        (ObjectNode) machine("\"A\": {\"Type\": \"Wait\", \"Seconds\": 59, \"End\": true}");
    definition.put("TimeoutSeconds", 60);
    assertThat(lab.run(definition, "{}").get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(59));
  }
}
