package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.engine.Lab.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histories: what they tell, how many events a state costs, and where they end. */
final class HistoryTest {

  private final Lab lab = new Lab();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "Type": "Pass"                                                                       | 2
          "Type": "Wait", "Seconds": 1                                                         | 2
          "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "f"} | 5
          "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Arguments": {"FunctionName": "t", "Payload": "{% $states.context.Task.Token %}"} | 6
          """)
  void aStateCostsSoManyEvents(String state, int events) {
    lab.functions.on("f", payload -> json("1"));
    lab.functions.on(
        "t",
        payload -> {
          lab.timeline.after(Duration.ofSeconds(9), () -> lab.answer(payload.textValue(), "1"));
          return json("1");
        });
    String arn = lab.start(machine("\"A\": {" + state + ", \"End\": true}"), "{}");
    lab.timeline.runUntilIdle();
    ExecutionView view = lab.service.execution(arn).orElseThrow();
    assertThat(view.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(view.events()).isEqualTo(2 + events);
    assertThat(view.transitions()).isEqualTo(1);
  }

  @Test
  void aChoiceCostsTwoAndARetryThree() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("E", "");
        });
    String arn =
        lab.start(
            machine(
                """
                "C": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "T"}]},
                "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                  "Arguments": {"FunctionName": "f"}, "Next": "Z",
                  "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 2}],
                  "Catch": [{"ErrorEquals": ["E"], "Next": "Z"}]},
                "Z": {"Type": "Succeed"}
                """),
            "{}");
    lab.timeline.runUntilIdle();
    ExecutionView view = lab.service.execution(arn).orElseThrow();
    assertThat(view.events()).isEqualTo(1 + 2 + (1 + 3 + 3 + 3 + 1) + 2 + 1);
    assertThat(view.transitions()).isEqualTo(1 + 3 + 1);
    assertThat(lab.story(arn).subList(3, 14))
        .containsExactly(
            "3 TaskStateEntered",
            "4 TaskScheduled",
            "5 TaskStarted",
            "6 TaskFailed",
            "7 TaskScheduled",
            "8 TaskStarted",
            "9 TaskFailed",
            "10 TaskScheduled",
            "11 TaskStarted",
            "12 TaskFailed",
            "13 TaskStateExited");
  }

  @Test
  void eventsCarryTheirDetails() {
    lab.functions.on("f", payload -> payload);
    String arn =
        lab.start(
            machine(
                """
                "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                  "Arguments": {"FunctionName": "f", "Payload": {"n": "{% $states.input.n %}"}},
                  "TimeoutSeconds": 60, "Assign": {"x": {"y": 1}, "s": "t"},
                  "Output": "{% $states.result.Payload %}", "End": true}
                """),
            "{\"n\": 5}");
    lab.timeline.runUntilIdle();
    JsonNode events = lab.history(arn);
    assertThat(events.get(0).get("executionStartedEventDetails"))
        .isEqualTo(
            json(
                """
                {"input": "{\\"n\\": 5}", "inputDetails": {"truncated": false}, "roleArn": "%s"}
                """
                    .formatted(Lab.ROLE)));
    assertThat(events.get(1).get("stateEnteredEventDetails"))
        .isEqualTo(
            json(
                """
                {"input": "{\\"n\\": 5}", "inputDetails": {"truncated": false}, "name": "T"}
                """));
    assertThat(json(Json.write(events.get(2).get("taskScheduledEventDetails"))))
        .isEqualTo(
            json(
                """
                {"resourceType": "lambda", "resource": "invoke", "region": "eu-west-1",
                  "parameters": "{\\"FunctionName\\":\\"f\\",\\"Payload\\":{\\"n\\":5}}",
                  "timeoutInSeconds": 60}
                """));
    assertThat(events.get(3).get("taskStartedEventDetails"))
        .isEqualTo(json("{\"resourceType\": \"lambda\", \"resource\": \"invoke\"}"));
    assertThat(json(events.at("/4/taskSucceededEventDetails/output").textValue()).get("Payload"))
        .isEqualTo(json("{\"n\": 5}"));
    assertThat(events.get(5).get("stateExitedEventDetails"))
        .isEqualTo(
            json(
                """
                {"name": "T", "output": "{\\"n\\":5}", "outputDetails": {"truncated": false},
                  "assignedVariables": {"x": "{\\"y\\":1}", "s": "\\"t\\""},
                  "assignedVariablesDetails": {"truncated": false}}
                """));
    assertThat(events.get(6).get("executionSucceededEventDetails").get("output").textValue())
        .isEqualTo("{\"n\":5}");
    assertThat(events.get(0).get("timestamp").doubleValue())
        .isEqualTo(Lab.START.toEpochMilli() / 1000.0);
  }

  @Test
  void anExecutionEndsAtItsTwentyFiveThousandthEvent() {
    String arn =
        lab.start(
            machine(
                """
                "A": {"Type": "Pass", "Next": "B"},
                "B": {"Type": "Choice", "Default": "Z",
                  "Choices": [{"Condition": "{% $states.input = 1 %}", "Next": "A"}]},
                "Z": {"Type": "Succeed"}
                """),
            "1");
    lab.timeline.runUntilIdle();
    JsonNode failed = lab.describe(arn);
    assertThat(failed.get("status").textValue()).isEqualTo("FAILED");
    assertThat(failed.get("error").textValue()).isEqualTo("States.Runtime");
    assertThat(failed.get("cause").textValue()).contains("25000");
    assertThat(lab.service.execution(arn).orElseThrow().events()).isEqualTo(25_000);
  }

  @Test
  void aChildKeepsItsLatestEventsAndCountsAll() {
    String arn =
        lab.start(
            machine(
                """
                "M": {"Type": "Map", "Items": [1], "End": true,
                  "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    "StartAt": "I", "States": {
                      "I": {"Type": "Pass", "Assign": {"i": 0}, "Next": "A"},
                      "A": {"Type": "Pass", "Assign": {"i": "{% $i + 1 %}"}, "Next": "B"},
                      "B": {"Type": "Choice", "Default": "Z",
                        "Choices": [{"Condition": "{% $i < 500 %}", "Next": "A"}]},
                      "Z": {"Type": "Succeed"}}}}
                """),
            "1");
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("status").textValue()).isEqualTo("SUCCEEDED");
    ExecutionView child = lab.ended.getFirst();
    assertThat(child.events()).isEqualTo(1 + 2 + 500 * 4 + 2 + 1);
    assertThat(child.transitions()).isEqualTo(1 + 1000 + 1);
    JsonNode kept = lab.history(child.arn());
    assertThat(kept).hasSize(500);
    assertThat(kept.get(499).get("id").longValue()).isEqualTo(child.events());
    assertThat(kept.get(499).get("type").textValue()).isEqualTo("ExecutionSucceeded");
  }
}
