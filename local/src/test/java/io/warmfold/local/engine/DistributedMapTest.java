package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static io.warmfold.local.engine.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distributed Maps: children that are executions of their own. */
final class DistributedMapTest {

  private final Lab lab = new Lab();

  /** A Map over {@code items} whose children run {@code states}. */
  private static JsonNode map(String more, String states) {
    return machine(
        """
        "V": {"Type": "Pass", "Assign": {"outer": 7}, "Next": "M"},
        "M": {"Type": "Map", "Items": "{%% $states.input.items %%}", "Label": "Lane", %s
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "C", "States": {%s}},
          "Next": "Z"},
        "Z": {"Type": "Succeed"}
        """
            .formatted(more, states));
  }

  private JsonNode mapRun(String arn) {
    JsonNode runs = lab.service.call("ListMapRuns", request("executionArn", arn)).get("mapRuns");
    assertThat(runs).hasSize(1);
    return lab.service.call(
        "DescribeMapRun", request("mapRunArn", runs.get(0).get("mapRunArn").textValue()));
  }

  private JsonNode children(String arn) {
    String run = mapRun(arn).get("mapRunArn").textValue();
    return lab.service.call("ListExecutions", request("mapRunArn", run)).get("executions");
  }

  @Test
  void childrenGiveTheirOutputsInTheOrderOfTheItems() {
    String arn =
        lab.start(
            map(
                """
                "ItemSelector": {"i": "{% $states.context.Map.Item.Index %}",
                  "v": "{% $states.context.Map.Item.Value %}", "outer": "{% $outer %}",
                  "root": "{% $states.context.Execution.Name %}"},
                """,
                """
                "C": {"Type": "Wait", "Seconds": "{% 10 - $states.input.v %}", "End": true}
                """),
            "{\"items\": [3, 5]}");
    String root = arn.substring(arn.lastIndexOf(':') + 1);
    lab.timeline.runUntilIdle();
    assertThat(json(lab.describe(arn).get("output").textValue()))
        .isEqualTo(
            json(
                """
                [{"i": 0, "v": 3, "outer": 7, "root": "%s"},
                  {"i": 1, "v": 5, "outer": 7, "root": "%s"}]
                """
                    .formatted(root, root)));
    assertThat(lab.story(arn))
        .containsExactly(
            "0 ExecutionStarted",
            "0 PassStateEntered",
            "2 PassStateExited",
            "3 MapStateEntered",
            "4 MapStateStarted",
            "5 MapRunStarted",
            "6 MapRunSucceeded",
            "7 MapStateSucceeded",
            "7 MapStateExited",
            "9 SucceedStateEntered",
            "10 SucceedStateExited",
            "11 ExecutionSucceeded");
  }

  @Test
  void aChildIsAnExecutionWithNamesAndAHistoryOfItsOwn() {
    String arn =
        lab.start(
            map("", "\"C\": {\"Type\": \"Succeed\", \"Output\": \"{% $states.context %}\"}"),
            "{\"items\": [{\"a\": 1}]}");
    lab.timeline.runUntilIdle();
    JsonNode child = children(arn).get(0);
    String childArn = child.get("executionArn").textValue();
    String uuid = "[0-9a-f]{8}-[0-9a-f-]{27}";
    assertThat(childArn).matches("arn:aws:states:eu-west-1:123456789012:execution:m/Lane:" + uuid);
    assertThat(child.get("stateMachineArn").textValue()).endsWith(":stateMachine:m/Lane");
    assertThat(child.get("mapRunArn").textValue())
        .matches("arn:aws:states:eu-west-1:123456789012:mapRun:m/Lane:" + uuid);
    assertThat(lab.describe(childArn).get("input").textValue()).isEqualTo("{\"a\":1}");
    assertThat(lab.story(childArn))
        .containsExactly(
            "0 ExecutionStarted",
            "0 SucceedStateEntered",
            "2 SucceedStateExited",
            "3 ExecutionSucceeded");
    JsonNode context = json(lab.describe(childArn).get("output").textValue());
    assertThat(context.at("/Execution/Id").textValue()).isEqualTo(childArn);
    assertThat(context.at("/Execution/Input")).isEqualTo(json("{\"a\": 1}"));
    assertThat(context.at("/StateMachine/Id").textValue()).endsWith(":stateMachine:m/Lane");
    JsonNode described =
        lab.service.call("DescribeStateMachineForExecution", request("executionArn", childArn));
    assertThat(described.get("label").textValue()).isEqualTo("Lane");
    assertThat(lab.service.execution(childArn).orElseThrow().parentArn()).contains(arn);
  }

  @Test
  void aChildDoesNotSeeItsParentsVariables() {
    JsonNode failed =
        lab.run(
            map("", "\"C\": {\"Type\": \"Succeed\", \"Output\": \"{% $outer %}\"}"),
            "{\"items\": [1]}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(lab.ended.getFirst().status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void onlyItsParentsListIsFreeOfIt() {
    String arn = lab.start(map("", "\"C\": {\"Type\": \"Succeed\"}"), "{\"items\": [1, 2]}");
    lab.timeline.runUntilIdle();
    String machine = lab.describe(arn).get("stateMachineArn").textValue();
    assertThat(
            lab.service
                .call("ListExecutions", request("stateMachineArn", machine))
                .get("executions"))
        .hasSize(1);
    assertThat(children(arn)).hasSize(2);
  }

  @Test
  void runsSoManyAtATime() {
    String arn =
        lab.start(
            map(
                "\"MaxConcurrency\": \"{% $states.input.slots %}\",",
                "\"C\": {\"Type\": \"Wait\", \"Seconds\": 10, \"End\": true}"),
            "{\"items\": [1, 2, 3, 4, 5], \"slots\": 2}");
    lab.timeline.runFor(Duration.ofSeconds(15));
    JsonNode running = mapRun(arn);
    assertThat(running.get("status").textValue()).isEqualTo("RUNNING");
    assertThat(running.get("maxConcurrency").intValue()).isEqualTo(2);
    assertThat(running.get("itemCounts"))
        .isEqualTo(
            json(
                """
                {"pending": 1, "running": 2, "succeeded": 2, "failed": 0, "timedOut": 0,
                  "aborted": 0, "total": 5, "resultsWritten": 2}
                """));
    lab.timeline.runUntilIdle();
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(30));
    assertThat(mapRun(arn).get("status").textValue()).isEqualTo("SUCCEEDED");
  }

  private static final String FAIL_FOR_SOME =
      """
      "C": {"Type": "Choice", "Default": "Fine",
        "Choices": [{"Condition": "{% $states.input < 0 %}", "Next": "Bad"}]},
      "Bad": {"Type": "Fail", "Error": "E"},
      "Fine": {"Type": "Succeed"}
      """;

  @Test
  void toleratedFailuresAreLeftOutOfTheResult() {
    String arn =
        lab.start(
            map("\"ToleratedFailurePercentage\": 100,", FAIL_FOR_SOME), "{\"items\": [1, -1, 3]}");
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("output").textValue()).isEqualTo("[1,3]");
    JsonNode run = mapRun(arn);
    assertThat(run.at("/itemCounts/failed").intValue()).isEqualTo(1);
    assertThat(run.at("/executionCounts/succeeded").intValue()).isEqualTo(2);
    assertThat(run.get("toleratedFailurePercentage").doubleValue()).isEqualTo(100);
  }

  @Test
  void allMayFailWhenAllIsTolerated() {
    assertThat(
            lab.run(
                    map("\"ToleratedFailurePercentage\": 100,", FAIL_FOR_SOME),
                    "{\"items\": [-1, -1, -3]}")
                .get("output")
                .textValue())
        .isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                                               ; 1; FAILED
          "ToleratedFailureCount": 1,                                      ; 1; SUCCEEDED
          "ToleratedFailureCount": 1,                                      ; 2; FAILED
          "ToleratedFailurePercentage": 25,                                ; 1; SUCCEEDED
          "ToleratedFailurePercentage": 25,                                ; 2; FAILED
          "ToleratedFailurePercentage": "{% $states.input.p %}",           ; 2; SUCCEEDED
          "ToleratedFailurePercentage": 100, "ToleratedFailureCount": 1,   ; 2; FAILED
          "ToleratedFailurePercentage": 25, "ToleratedFailureCount": 3,    ; 2; FAILED
          "ToleratedFailurePercentage": 100, "ToleratedFailureCount": 3,   ; 3; SUCCEEDED
          """)
  void soManyMayFail(String bounds, int failing, String status) {
    ObjectNode input = Json.NODES.objectNode().put("p", 50);
    for (int i = 0; i < 4; i++) {
      input.withArray("items").add(i < failing ? -1 : 1);
    }
    JsonNode ended = lab.run(map(bounds, FAIL_FOR_SOME), Json.write(input));
    assertThat(ended.get("status").textValue()).isEqualTo(status);
    if (status.equals("FAILED")) {
      assertThat(ended.get("error").textValue())
          .isEqualTo("States.ExceedToleratedFailureThreshold");
    }
  }

  @Test
  void stoppingTheParentStopsRunAndChildren() {
    List<String> tokens = new ArrayList<>();
    lab.functions.on(
        "f",
        payload -> {
          tokens.add(payload.textValue());
          return json("0");
        });
    String arn =
        lab.start(
            map(
                "\"MaxConcurrency\": 2,",
                """
                "C": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                  "Arguments": {"FunctionName": "f", "Payload": "{% $states.context.Task.Token %}"},
                  "End": true}
                """),
            "{\"items\": [1, 2, 3]}");
    lab.timeline.runFor(Duration.ofSeconds(1));
    assertThat(tokens).hasSize(2);
    lab.service.call("StopExecution", request("executionArn", arn));
    assertThat(lab.ended)
        .extracting(ExecutionView::status)
        .containsExactly(ExecutionStatus.ABORTED, ExecutionStatus.ABORTED, ExecutionStatus.ABORTED);
    JsonNode run = mapRun(arn);
    assertThat(run.get("status").textValue()).isEqualTo("ABORTED");
    assertThat(run.at("/itemCounts/aborted").intValue()).isEqualTo(3);
    assertThat(run.at("/itemCounts/running").intValue()).isZero();
    for (JsonNode child : children(arn)) {
      assertThat(child.get("status").textValue()).isEqualTo("ABORTED");
    }
    assertThat(lab.story(arn)).endsWith("5 MapRunStarted", "0 ExecutionAborted");
    lab.timeline.runUntilIdle();
    assertThat(tokens).hasSize(2);
  }

  @Test
  void stoppingAChildLetsTheOthersGoOn() {
    String arn =
        lab.start(
            map("", "\"C\": {\"Type\": \"Wait\", \"Seconds\": 10, \"End\": true}"),
            "{\"items\": [1, 2]}");
    lab.timeline.runFor(Duration.ofSeconds(1));
    String first = children(arn).get(1).get("executionArn").textValue();
    lab.service.call("StopExecution", request("executionArn", first));
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("output").textValue()).isEqualTo("[2]");
    assertThat(mapRun(arn).at("/itemCounts/aborted").intValue()).isEqualTo(1);
  }

  @Test
  void aRetriedMapIsAnotherRun() {
    String arn =
        lab.start(
            map(
                "\"Retry\": [{\"ErrorEquals\": [\"States.ALL\"], \"MaxAttempts\": 1}],",
                FAIL_FOR_SOME),
            "{\"items\": [1, -1]}");
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("status").textValue()).isEqualTo("FAILED");
    JsonNode runs = lab.service.call("ListMapRuns", request("executionArn", arn)).get("mapRuns");
    assertThat(runs).hasSize(2);
    assertThat(lab.story(arn))
        .endsWith(
            "6 MapRunFailed",
            "7 MapStateStarted",
            "8 MapRunStarted",
            "9 MapRunFailed",
            "10 MapStateFailed",
            "11 ExecutionFailed");
  }

  @Test
  void aSelectorThatFailsFailsTheRun() {
    ObjectNode items = Json.NODES.objectNode();
    items.putArray("items").add(1).add("x");
    JsonNode failed =
        lab.run(
            map(
                "\"ItemSelector\": \"{% $states.context.Map.Item.Value + 1 %}\",",
                "\"C\": {\"Type\": \"Wait\", \"Seconds\": 10, \"End\": true}"),
            Json.write(items));
    assertThat(failed.get("error").textValue()).isEqualTo("States.QueryEvaluationError");
    assertThat(lab.ended.getFirst().status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START);
  }
}
