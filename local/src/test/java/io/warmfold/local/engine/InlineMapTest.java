package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.engine.Lab.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inline Maps and Parallels: flows inside one execution. */
final class InlineMapTest {

  private static final String INVOKE =
      """
      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {"FunctionName": "f", "Payload": "{% $states.input %}"}\
      """;

  private final Lab lab = new Lab();

  @Test
  void givesTheResultsInTheOrderOfTheItems() {
    lab.functions.on("f", payload -> payload);
    JsonNode output =
        lab.output(
            """
            "V": {"Type": "Pass", "Assign": {"outer": 10}, "Next": "M"},
            "M": {"Type": "Map", "Items": "{%% $states.input.items %%}",
              "ItemSelector": {"index": "{%% $states.context.Map.Item.Index %%}",
                "value": "{%% $states.context.Map.Item.Value %%}", "of": "{%% $states.input.name %%}"},
              "ItemProcessor": {"StartAt": "W", "States": {
                "W": {"Type": "Wait", "Seconds": "{%% 9 - $states.input.value %%}", "Next": "T"},
                "T": {%s, "Output": {"sum": "{%% $states.result.Payload.value + $outer %%}",
                  "i": "{%% $states.context.Map.Item.Index %%}",
                  "of": "{%% $states.input.of %%}"}, "End": true}}},
              "Assign": {"all": "{%% $states.result.sum %%}"},
              "Next": "Z"},
            "Z": {"Type": "Succeed", "Output": [ "{%% $states.input %%}", "{%% $all %%}" ]}
            """
                .formatted(INVOKE),
            "{\"items\": [3, 5, 4], \"name\": \"n\"}");
    assertThat(output)
        .isEqualTo(
            json(
                """
                [[{"sum": 13, "i": 0, "of": "n"}, {"sum": 15, "i": 1, "of": "n"},
                  {"sum": 14, "i": 2, "of": "n"}], [13, 15, 14]]
                """));
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(6));
  }

  @Test
  void variablesOfAnIterationStayInIt() {
    JsonNode output =
        lab.output(
            """
            "M": {"Type": "Map", "Items": [1, 2], "Next": "Z",
              "ItemProcessor": {"StartAt": "A", "States": {
                "A": {"Type": "Pass", "Assign": {"inner": "{% $states.input %}"}, "Next": "B"},
                "B": {"Type": "Wait", "Seconds": 1, "Output": "{% $inner %}", "End": true}}}},
            "Z": {"Type": "Succeed", "Output": ["{% $states.input %}", "{% $exists($inner) %}"]}
            """,
            "{}");
    assertThat(output).isEqualTo(json("[[1, 2], false]"));
  }

  @Test
  void anIterationDoesNotAssignWhatAnOuterScopeHas() {
    String states =
        """
        "A": {"Type": "Pass", "Assign": {"%s": 1}, "Next": "M"},
        "M": {"Type": "Map", "Items": [1], "Next": "Z",
          "ItemProcessor": {"StartAt": "I", "States": {
            "I": {"Type": "Pass", "Assign": {"x": 2}, "End": true}}}},
        "Z": {"Type": "Pass", "Assign": {"x": 3}, "End": true}
        """;
    JsonNode failed = lab.run(machine(states.formatted("x")), "{}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.Runtime");
    assertThat(failed.get("cause").textValue()).contains("'I'", "the variable x");
    assertThat(lab.run(machine(states.formatted("y")), "{}").get("status").textValue())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void aFailedExpressionInsideIsToldOnce() {
    String arn =
        lab.start(
            machine(
                """
                "M": {"Type": "Map", "Items": [1], "End": true,
                  "ItemProcessor": {"StartAt": "I", "States": {
                    "I": {"Type": "Pass", "Output": "{% $nope %}", "End": true}}}}
                """),
            "{}");
    lab.timeline.runUntilIdle();
    assertThat(lab.story(arn).subList(3, 9))
        .containsExactly(
            "3 MapIterationStarted",
            "4 PassStateEntered",
            "4 EvaluationFailed",
            "6 MapIterationFailed",
            "6 MapStateFailed",
            "8 ExecutionFailed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 0, 100})
  void runsSoManyAtATime(int concurrency) {
    lab.output(
        """
        "M": {"Type": "Map", "Items": "{%% [1..80] %%}", "MaxConcurrency": %d, "End": true,
          "ItemProcessor": {"StartAt": "W", "States": {
            "W": {"Type": "Wait", "Seconds": 10, "End": true}}}}
        """
            .formatted(concurrency),
        "{}");
    int atATime = concurrency == 0 || concurrency > 40 ? 40 : concurrency;
    int turns = (80 + atATime - 1) / atATime;
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(10L * turns));
  }

  @Test
  void aMapOverNothingGivesNothing() {
    assertThat(
            lab.output(
                """
                "M": {"Type": "Map", "End": true,
                  "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Succeed"}}}}
                """,
                "[]"))
        .isEqualTo(json("[]"));
  }

  @Test
  void itemsAreAnArray() {
    String map =
        """
        "M": {"Type": "Map", %s "End": true,
          "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Succeed"}}}}
        """;
    JsonNode failed =
        lab.run(machine(map.formatted("\"Items\": \"{% $states.input %}\",")), "{\"a\": 1}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.QueryEvaluationError");
    assertThat(failed.get("cause").textValue()).contains("Items", "array", "object");
    assertThat(lab.run(machine(map.formatted("")), "1").get("error").textValue())
        .isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void oneFailureEndsTheOthers() {
    lab.functions
        .on(
            "f",
            payload -> {
              if (payload.intValue() == 1) {
                throw new Failure("E", "");
              }
              return payload;
            })
        .slow("f", Duration.ofSeconds(3));
    String arn =
        lab.start(
            machine(
                """
                "M": {"Type": "Map", "Items": [0, 1, 2], "End": true,
                  "ItemProcessor": {"StartAt": "C", "States": {
                    "C": {"Type": "Choice", "Default": "T", "Choices": [
                      {"Condition": "{%% $states.input = 2 %%}", "Next": "W"}]},
                    "W": {"Type": "Wait", "Seconds": 100, "End": true},
                    "T": {%s, "End": true}}}}
                """
                    .formatted(INVOKE)),
            "{}");
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("error").textValue()).isEqualTo("E");
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(3));
    assertThat(lab.story(arn))
        .endsWith(
            "18 TaskFailed",
            "23 MapIterationFailed",
            "23 TaskStateAborted",
            "23 MapIterationAborted",
            "23 WaitStateAborted",
            "23 MapStateFailed",
            "28 ExecutionFailed");
  }

  @Test
  void aMapIsRetriedAsAWholeAndCaught() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("E", "");
        });
    String arn =
        lab.start(
            machine(
                """
                "M": {"Type": "Map", "Items": [0], "End": true,
                  "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}],
                  "Catch": [{"ErrorEquals": ["E"], "Next": "Z"}],
                  "ItemProcessor": {"StartAt": "F", "States": {
                    "F": {"Type": "Fail", "Error": "E"}}}},
                "Z": {"Type": "Succeed"}
                """),
            "{}");
    lab.timeline.runUntilIdle();
    // As AWS tells it: a retry starts the Map again without leaving it or failing it.
    assertThat(lab.story(arn))
        .containsExactly(
            "0 ExecutionStarted",
            "0 MapStateEntered",
            "2 MapStateStarted",
            "3 MapIterationStarted",
            "4 FailStateEntered",
            "5 MapIterationFailed",
            "5 MapStateStarted",
            "7 MapIterationStarted",
            "8 FailStateEntered",
            "9 MapIterationFailed",
            "9 MapStateFailed",
            "11 MapStateExited",
            "12 SucceedStateEntered",
            "13 SucceedStateExited",
            "14 ExecutionSucceeded");
  }

  @Test
  void aSelectorThatFailsEndsTheMap() {
    lab.functions.on("f", payload -> payload);
    JsonNode failed =
        lab.run(
            machine(
                """
                "M": {"Type": "Map", "Items": [1, 2, "x"], "MaxConcurrency": 2, "End": true,
                  "ItemSelector": "{% $states.context.Map.Item.Value * 1 %}",
                  "ItemProcessor": {"StartAt": "W", "States": {
                    "W": {"Type": "Wait", "Seconds": "{% $states.input %}", "End": true}}}}
                """),
            "{}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.QueryEvaluationError");
    assertThat(failed.get("cause").textValue()).contains("ItemSelector");
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(1));
  }

  @Test
  void branchesRunSideBySide() {
    JsonNode output =
        lab.output(
            """
            "V": {"Type": "Pass", "Assign": {"x": 5}, "Next": "P"},
            "P": {"Type": "Parallel", "Arguments": {"n": "{% $states.input.n %}"},
              "Branches": [
                {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 10,
                  "Output": "{% $states.input.n + $x %}", "End": true}}},
                {"StartAt": "B", "States": {"B": {"Type": "Wait", "Seconds": 20,
                  "Assign": {"y": 1}, "Output": "b", "End": true}}}],
              "Output": {"both": "{% $states.result %}", "y": "{% $exists($y) %}"}, "End": true}
            """,
            "{\"n\": 1}");
    assertThat(output).isEqualTo(json("{\"both\": [6, \"b\"], \"y\": false}"));
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(20));
  }

  @Test
  void aFailedBranchEndsTheParallel() {
    String arn =
        lab.start(
            machine(
                """
                "P": {"Type": "Parallel", "End": true,
                  "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Z"}],
                  "Branches": [
                    {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 10, "End": true}}},
                    {"StartAt": "B", "States": {"B": {"Type": "Fail", "Error": "E"}}}]},
                "Z": {"Type": "Succeed"}
                """),
            "{}");
    lab.timeline.runUntilIdle();
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START);
    assertThat(lab.story(arn))
        .containsExactly(
            "0 ExecutionStarted",
            "0 ParallelStateEntered",
            "2 ParallelStateStarted",
            "3 WaitStateEntered",
            "3 FailStateEntered",
            "5 WaitStateAborted",
            "5 ParallelStateFailed",
            "7 ParallelStateExited",
            "8 SucceedStateEntered",
            "9 SucceedStateExited",
            "10 ExecutionSucceeded");
  }
}
