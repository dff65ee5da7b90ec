package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.engine.Lab.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Machines like the one that is deployed: lanes with jobs that answer later, faults, many of them.
 */
final class LaneTest {

  private static final String LANES =
      """
      "Open": {"Type": "Pass", "Assign": {"slots": "{% $states.input.slots %}", "study": "k"},
        "Next": "Tune"},
      "Tune": {"Type": "Map", "Label": "Lane", "Items": "{% [0..($states.input.lanes - 1)] %}",
        "MaxConcurrency": "{% $slots %}", "ToleratedFailurePercentage": 100,
        "ItemSelector": {"Study": "{% $study %}", "Lane": "{% $states.context.Map.Item.Value %}"},
        "ItemProcessor": {
          "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
          "StartAt": "Enter", "States": {
            "Enter": {"Type": "Wait", "Seconds": "{% $floor($states.input.Lane / 4) %}",
              "Assign": {"lane": "{% $states.input.Lane %}", "turn": 0, "failure": null},
              "Next": "Next"},
            "Next": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {"FunctionName": "next", "Payload": {"Lane": "{% $lane %}",
                "Turn": "{% $turn %}", "Failure": "{% $failure %}"}},
              "Retry": [{"ErrorEquals": ["TryAgain"], "MaxAttempts": 9, "JitterStrategy": "FULL"}],
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Failed",
                "Assign": {"failure": "{% $states.errorOutput %}"}}],
              "Assign": {"next": "{% $states.result.Payload %}", "turn": "{% $turn + 1 %}"},
              "Next": "What"},
            "What": {"Type": "Choice", "Default": "Leave",
              "Choices": [{"Condition": "{% $next.Action = 'Run' %}", "Next": "Run"}]},
            "Run": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Arguments": {"FunctionName": "start", "Payload": {"Lane": "{% $lane %}",
                "Turn": "{% $turn %}", "Token": "{% $states.context.Task.Token %}"}},
              "TimeoutSeconds": 4000,
              "Retry": [{"ErrorEquals": ["Infra"], "IntervalSeconds": 5, "MaxAttempts": 3,
                "BackoffRate": 3, "JitterStrategy": "FULL"}],
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Next",
                "Assign": {"failure": "{% $states.errorOutput %}"}}],
              "Next": "Next"},
            "Leave": {"Type": "Succeed", "Output": "{% $turn %}"},
            "Failed": {"Type": "Fail", "Error": "{% $failure.Error %}"}}},
        "Output": {"turns": "{% $sum($states.result) %}", "lanes": "{% $count($states.result) %}"},
        "End": true}
      """;

  /** A study of so many lanes and turns with faults by seed. */
  private static Lab study(long seed, int slots, int lanes, int turns) {
    Lab lab = new Lab(seed);
    SplittableRandom faults = new SplittableRandom(seed);
    lab.functions.on(
        "next",
        payload -> {
          if (faults.nextInt(20) == 0) {
            throw new Failure("TryAgain", "");
          }
          return json(
              payload.get("Turn").intValue() < turns
                  ? "{\"Action\": \"Run\"}"
                  : "{\"Action\": \"Done\"}");
        });
    lab.functions.on(
        "start",
        payload -> {
          String token = payload.get("Token").textValue();
          int fate = faults.nextInt(20);
          Duration training = Duration.ofSeconds(60 + faults.nextInt(300));
          lab.timeline.after(
              training,
              () -> {
                if (fate == 0) {
                  lab.service.call(
                      "SendTaskFailure", Lab.request("taskToken", token).put("error", "Infra"));
                } else {
                  lab.answer(token, "{}");
                }
              });
          return json("{}");
        });
    String input = "{\"slots\": " + slots + ", \"lanes\": " + lanes + "}";
    lab.start(machine(LANES), input);
    lab.timeline.runUntilIdle();
    return lab;
  }

  @Test
  void lanesTakeTurnsUntilNothingIsLeft() {
    Lab lab = study(1, 3, 5, 10);
    ExecutionView root = lab.ended.getLast();
    JsonNode output = json(lab.describe(root.arn()).get("output").textValue());
    assertThat(output).isEqualTo(json("{\"turns\": 55, \"lanes\": 5}"));
    assertThat(lab.ended).hasSize(6);
    assertThat(lab.path.stream().filter("Leave"::equals)).hasSize(5);
  }

  @Test
  void aSeedGivesTheSameAgain() {
    Lab one = study(7, 5, 8, 20);
    Lab two = study(7, 5, 8, 20);
    Lab other = study(8, 5, 8, 20);
    assertThat(one.path).isEqualTo(two.path).isNotEqualTo(other.path);
    assertThat(one.events).isEqualTo(two.events);
    assertThat(one.functions.payloads).isEqualTo(two.functions.payloads);
    assertThat(one.timeline.instant()).isEqualTo(two.timeline.instant());
    List<JsonNode> histories = new ArrayList<>();
    for (ExecutionView ended : one.ended) {
      histories.add(one.history(ended.arn()));
    }
    for (int i = 0; i < histories.size(); i++) {
      assertThat(two.history(two.ended.get(i).arn())).isEqualTo(histories.get(i));
    }
  }

  @Test
  void aLaneThatFailsLeavesTheOthersAlone() {
    Lab lab = new Lab();
    lab.functions.on(
        "next",
        payload -> {
          if (payload.get("Lane").intValue() == 1) {
            throw new Failure("io.warmfold.Broken", "");
          }
          return json("{\"Action\": \"Done\"}");
        });
    JsonNode ended = lab.run(machine(LANES), "{\"slots\": 2, \"lanes\": 3}");
    assertThat(ended.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(json(ended.get("output").textValue()))
        .isEqualTo(json("{\"turns\": 2, \"lanes\": 2}"));
    assertThat(lab.ended)
        .extracting(ExecutionView::status)
        .containsOnlyOnce(ExecutionStatus.FAILED);
  }

  @Test
  void aThousandLanesAtOnceAreNoTrouble() {
    Lab lab = study(3, 1000, 1000, 5);
    ExecutionView root = lab.ended.getLast();
    assertThat(root.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(root.parentArn()).isEmpty();
    assertThat(lab.ended).hasSize(1001);
    long events = lab.ended.stream().mapToLong(ExecutionView::events).sum();
    assertThat(events).isGreaterThan(1000L * 5 * 13);
    ObjectNode request = Lab.request("executionArn", root.arn());
    String run = lab.service.call("ListMapRuns", request).at("/mapRuns/0/mapRunArn").textValue();
    assertThat(
            lab.service
                .call("DescribeMapRun", Lab.request("mapRunArn", run))
                .at("/itemCounts/succeeded")
                .intValue())
        .isEqualTo(1000);
  }
}
