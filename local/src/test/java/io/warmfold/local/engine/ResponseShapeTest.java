package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static io.warmfold.local.engine.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.engine.Lab.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListMapRunsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;

/** Answers have the fields, the spelling and the types of AWS's own model, as its SDK has it. */
final class ResponseShapeTest {

  private final Lab lab = new Lab();
  private final List<String> tokens = new ArrayList<>();
  private final Set<String> eventTypes = new HashSet<>();

  /** Everything at once: children that wait, fail, and are caught; an inline Map; a Parallel. */
  private static final String STATES =
      """
      "P": {"Type": "Parallel", "Next": "I", "Branches": [
        {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}]},
      "I": {"Type": "Map", "Items": [1, 2], "Next": "M", "Assign": {"x": [1]},
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "M"}],
        "ItemProcessor": {"StartAt": "F", "States": {"F": {"Type": "Task",
          "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "f"},
          "End": true}}}},
      "M": {"Type": "Map", "Items": [1, 2, 3], "MaxConcurrency": 2, "Label": "Lane",
        "ToleratedFailurePercentage": 50, "End": true,
        "ItemProcessor": {
          "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
          "StartAt": "T", "States": {
            "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Arguments": {"FunctionName": "t", "Payload": "{% $states.context.Task.Token %}"},
              "TimeoutSeconds": 50, "HeartbeatSeconds": 20, "Next": "W"},
            "W": {"Type": "Wait", "Seconds": 1, "Output": "{% $nope %}", "End": true}}}}
      """;

  private JsonNode check(String operation, ObjectNode request, SdkPojo model) {
    JsonNode response = lab.service.call(operation, request);
    check(operation, response, model);
    return response;
  }

  private void check(String place, JsonNode node, SdkPojo model) {
    assertThat(node.isObject()).as(place).isTrue();
    Set<String> known = new HashSet<>();
    for (SdkField<?> field : model.sdkFields()) {
      known.add(field.locationName());
      JsonNode value = node.path(field.locationName());
      String at = place + "/" + field.locationName();
      if (field.containsTrait(RequiredTrait.class)) {
        assertThat(value.isMissingNode()).as(at + " is required").isFalse();
      }
      if (!value.isMissingNode()) {
        check(at, value, field);
      }
    }
    assertThat(node.fieldNames()).toIterable().as(place).isSubsetOf(known);
  }

  private void check(String at, JsonNode value, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.STRING)) {
      assertThat(value.isTextual()).as(at).isTrue();
    } else if (type.equals(MarshallingType.BOOLEAN)) {
      assertThat(value.isBoolean()).as(at).isTrue();
    } else if (type.equals(MarshallingType.INTEGER) || type.equals(MarshallingType.LONG)) {
      assertThat(value.isIntegralNumber()).as(at).isTrue();
    } else if (type.equals(MarshallingType.INSTANT) || type.equals(MarshallingType.FLOAT)) {
      assertThat(value.isNumber()).as(at).isTrue();
    } else if (type.equals(MarshallingType.SDK_POJO)) {
      check(at, value, field.constructor().get());
    } else if (type.equals(MarshallingType.LIST)) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      for (JsonNode element : value) {
        check(at + "[]", element, member);
      }
    } else {
      assertThat(value.isObject()).as(at + " " + type).isTrue();
    }
  }

  private void checkHistory(String arn) {
    JsonNode history =
        check(
            "GetExecutionHistory",
            request("executionArn", arn),
            GetExecutionHistoryResponse.builder().build());
    for (JsonNode event : history.get("events")) {
      String type = event.get("type").textValue();
      assertThat(HistoryEventType.fromValue(type))
          .as(type)
          .isNotEqualTo(HistoryEventType.UNKNOWN_TO_SDK_VERSION);
      eventTypes.add(type);
    }
  }

  @Test
  void answersHaveTheShapeOfTheModel() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("E", "");
        });
    lab.functions.on(
        "t",
        payload -> {
          tokens.add(payload.textValue());
          return json("1");
        });
    String machine = lab.service.register("m", machine(STATES), Lab.ROLE);
    String arn =
        check(
                "StartExecution",
                request("stateMachineArn", machine),
                StartExecutionResponse.builder().build())
            .get("executionArn")
            .textValue();
    lab.timeline.runFor(Duration.ofSeconds(1));
    checkAll(arn, machine);
    ObjectNode token = request("taskToken", tokens.getFirst());
    check("SendTaskHeartbeat", token, SendTaskHeartbeatResponse.builder().build());
    check("SendTaskSuccess", token.put("output", "1"), SendTaskSuccessResponse.builder().build());
    lab.timeline.runUntilIdle();
    checkAll(arn, machine);
    String other = lab.startExecution(machine, "other", "{}");
    check(
        "StopExecution",
        request("executionArn", other).put("error", "E").put("cause", "C"),
        StopExecutionResponse.builder().build());
    checkAll(other, machine);
    check(
        "ListStateMachines", Json.NODES.objectNode(), ListStateMachinesResponse.builder().build());
    check(
        "ValidateStateMachineDefinition",
        request("definition", "{\"States\": 1}"),
        ValidateStateMachineDefinitionResponse.builder().build());
    assertThat(eventTypes)
        .contains(
            "EvaluationFailed",
            "MapIterationFailed",
            "MapIterationAborted",
            "MapRunFailed",
            "ParallelStateSucceeded",
            "TaskSubmitted",
            "TaskTimedOut",
            "TaskStateAborted",
            "WaitStateEntered",
            "ExecutionAborted");
  }

  private void checkAll(String arn, String machine) {
    ObjectNode execution = request("executionArn", arn);
    check("DescribeExecution", execution, DescribeExecutionResponse.builder().build());
    checkHistory(arn);
    check(
        "DescribeStateMachine",
        request("stateMachineArn", machine),
        DescribeStateMachineResponse.builder().build());
    check(
        "DescribeStateMachineForExecution",
        execution,
        DescribeStateMachineForExecutionResponse.builder().build());
    check(
        "ListExecutions",
        request("stateMachineArn", machine).put("maxResults", 1),
        ListExecutionsResponse.builder().build());
    JsonNode runs =
        check("ListMapRuns", execution, ListMapRunsResponse.builder().build()).get("mapRuns");
    for (JsonNode run : runs) {
      ObjectNode mapRun = request("mapRunArn", run.get("mapRunArn").textValue());
      check("DescribeMapRun", mapRun, DescribeMapRunResponse.builder().build());
      JsonNode children = check("ListExecutions", mapRun, ListExecutionsResponse.builder().build());
      for (JsonNode child : children.get("executions")) {
        String childArn = child.get("executionArn").textValue();
        check(
            "DescribeExecution",
            request("executionArn", childArn),
            DescribeExecutionResponse.builder().build());
        check(
            "DescribeStateMachineForExecution",
            request("executionArn", childArn),
            DescribeStateMachineForExecutionResponse.builder().build());
        checkHistory(childArn);
      }
    }
  }
}
