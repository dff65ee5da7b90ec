package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static io.warmfold.local.engine.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API: what it takes, what it refuses and with which code, pages, notifications. */
final class StepFunctionsServiceTest {

  private static final String PREFIX = "arn:aws:states:eu-west-1:123456789012:";

  private final Lab lab = new Lab();
  private String machine;

  @BeforeEach
  void register() {
    machine =
        lab.service.register(
            "m", machine("\"W\": {\"Type\": \"Wait\", \"Seconds\": 10, \"End\": true}"), Lab.ROLE);
  }

  private String code(String operation, ObjectNode request) {
    ServiceException refused =
        catchThrowableOfType(ServiceException.class, () -> lab.service.call(operation, request));
    return refused == null ? null : refused.code();
  }

  private ObjectNode start(String name, String input) {
    ObjectNode request = request("stateMachineArn", machine).put("input", input);
    return name == null ? request : request.put("name", name);
  }

  @Test
  void saysWhoItIs() {
    assertThat(lab.service.name()).isEqualTo("stepfunctions");
    assertThat(lab.service.targetPrefix()).isEqualTo("AWSStepFunctions");
    assertThat(lab.service.jsonVersion()).isEqualTo("1.0");
    assertThat(machine).isEqualTo(PREFIX + "stateMachine:m");
  }

  @Test
  void aNameAndItsInputStartOneExecution() {
    JsonNode first = lab.service.call("StartExecution", start("n", "{\"a\": 1, \"b\": 2}"));
    assertThat(first.get("executionArn").textValue()).isEqualTo(PREFIX + "execution:m:n");
    assertThat(first.get("startDate").doubleValue()).isEqualTo(1772352000.0);
    assertThat(lab.service.call("StartExecution", start("n", "{\"a\":1,\"b\":2}")))
        .isEqualTo(first);
    assertThat(code("StartExecution", start("n", "{\"a\": 2}")))
        .isEqualTo("ExecutionAlreadyExists");
    lab.timeline.runUntilIdle();
    assertThat(code("StartExecution", start("n", "{\"a\": 1, \"b\": 2}")))
        .isEqualTo("ExecutionAlreadyExists");
    assertThat(lab.path).containsExactly("W");
  }

  @Test
  void withoutANameOneIsMade() {
    ObjectNode request = request("stateMachineArn", machine);
    String one = lab.service.call("StartExecution", request).get("executionArn").textValue();
    String two = lab.service.call("StartExecution", request).get("executionArn").textValue();
    assertThat(one).isNotEqualTo(two);
    assertThat(lab.describe(one).get("input").textValue()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a:b", "a/b", "a<b", "a\tb", "a$b", "a\"b", "", "a\u0085"})
  void aNameHasItsRules(String name) {
    assertThat(code("StartExecution", start(name, "{}"))).isEqualTo("InvalidName");
  }

  @Test
  void aNameHasAtMostEightyCharacters() {
    assertThat(code("StartExecution", start("n".repeat(81), "{}"))).isEqualTo("InvalidName");
    assertThat(code("StartExecution", start("n".repeat(77) + "-_.", "{}"))).isNull();
  }

  @Test
  void inputIsJsonWithinTheLimit() {
    for (String wrong : List.of("", "not", "{'a': 1}", "{} {}")) {
      assertThat(code("StartExecution", start(null, wrong))).isEqualTo("InvalidExecutionInput");
    }
    String large = "\"" + "x".repeat(262_143) + "\"";
    assertThat(code("StartExecution", start(null, large))).isEqualTo("ValidationException");
    assertThat(code("StartExecution", start(null, large.substring(0, 262_143) + "\""))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "StartExecution, stateMachineArn, stateMachine:x, StateMachineDoesNotExist",
    "DescribeStateMachine, stateMachineArn, stateMachine:x, StateMachineDoesNotExist",
    "ListExecutions, stateMachineArn, stateMachine:x, StateMachineDoesNotExist",
    "ListExecutions, mapRunArn, mapRun:x/y:z, ResourceNotFound",
    "DescribeExecution, executionArn, execution:m:x, ExecutionDoesNotExist",
    "StopExecution, executionArn, execution:m:x, ExecutionDoesNotExist",
    "GetExecutionHistory, executionArn, execution:m:x, ExecutionDoesNotExist",
    "ListMapRuns, executionArn, execution:m:x, ExecutionDoesNotExist",
    "DescribeStateMachineForExecution, executionArn, execution:m:x, ExecutionDoesNotExist",
    "DescribeMapRun, mapRunArn, mapRun:x/y:z, ResourceNotFound",
  })
  void whatIsNotThereIsSaidNotToBe(String operation, String field, String arn, String code) {
    assertThat(code(operation, request(field, PREFIX + arn))).isEqualTo(code);
    assertThat(code(operation, request(field, "m"))).isEqualTo("InvalidArn");
    assertThat(code(operation, Json.NODES.objectNode())).isEqualTo("ValidationException");
  }

  @Test
  void unknownOperationsAreRefusedByName() {
    assertThat(code("RedriveExecution", Json.NODES.objectNode()))
        .isEqualTo("UnknownOperationException");
  }

  @Test
  void describesAnExecution() {
    lab.service.call("StartExecution", start("n", "{\"a\": 1}"));
    String arn = PREFIX + "execution:m:n";
    assertThat(lab.describe(arn))
        .isEqualTo(
            json(
                """
                {"executionArn": "%1$sexecution:m:n", "stateMachineArn": "%1$sstateMachine:m",
                  "name": "n", "status": "RUNNING", "startDate": 1772352000.0, "redriveCount": 0,
                  "input": "{\\"a\\": 1}", "inputDetails": {"included": true},
                  "redriveStatus": "NOT_REDRIVABLE",
                  "redriveStatusReason": "Execution is RUNNING and cannot be redriven"}
                """
                    .formatted(PREFIX)));
    lab.timeline.runUntilIdle();
    JsonNode ended = lab.describe(arn);
    assertThat(ended.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(ended.get("stopDate").doubleValue()).isEqualTo(1772352010.0);
    assertThat(ended.get("output").textValue()).isEqualTo("{\"a\":1}");
    JsonNode short_ =
        lab.service.call(
            "DescribeExecution", request("executionArn", arn).put("includedData", "METADATA_ONLY"));
    assertThat(short_.has("input") || short_.has("output")).isFalse();
  }

  @Test
  void stoppingAnEndedExecutionChangesNothing() {
    lab.service.call("StartExecution", start("n", "{}"));
    lab.timeline.runUntilIdle();
    ObjectNode request = request("executionArn", PREFIX + "execution:m:n");
    assertThat(lab.service.call("StopExecution", request).get("stopDate").doubleValue())
        .isEqualTo(1772352010.0);
    assertThat(lab.describe(PREFIX + "execution:m:n").get("status").textValue())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void listsTheNewestFirstInPagesThatNewOnesDoNotShift() {
    for (int i = 0; i < 5; i++) {
      lab.service.call("StartExecution", start("n" + i, "{}"));
    }
    lab.service.call("StopExecution", request("executionArn", PREFIX + "execution:m:n3"));
    ObjectNode request = request("stateMachineArn", machine).put("statusFilter", "RUNNING");
    List<String> names = new ArrayList<>();
    JsonNode page = lab.service.call("ListExecutions", request.put("maxResults", 2));
    page.get("executions").forEach(e -> names.add(e.get("name").textValue()));
    lab.service.call("StartExecution", start("n5", "{}"));
    while (page.has("nextToken")) {
      page = lab.service.call("ListExecutions", request.set("nextToken", page.get("nextToken")));
      page.get("executions").forEach(e -> names.add(e.get("name").textValue()));
    }
    assertThat(names).containsExactly("n4", "n2", "n1", "n0");
  }

  @Test
  void historiesComeInPagesFromEitherEnd() {
    String arn =
        lab.start(
            machine(
                "\"P\": {\"Type\": \"Pass\", \"Next\": \"Q\"},"
                    + "\"Q\": {\"Type\": \"Pass\", \"End\": true}"),
            "{\"a\": 1}");
    lab.timeline.runUntilIdle();
    for (boolean reverse : List.of(false, true)) {
      ObjectNode request =
          request("executionArn", arn).put("maxResults", 4).put("reverseOrder", reverse);
      List<Integer> ids = new ArrayList<>();
      JsonNode page = lab.service.call("GetExecutionHistory", request);
      page.get("events").forEach(e -> ids.add(e.get("id").intValue()));
      assertThat(ids).hasSize(4);
      page =
          lab.service.call("GetExecutionHistory", request.set("nextToken", page.get("nextToken")));
      page.get("events").forEach(e -> ids.add(e.get("id").intValue()));
      assertThat(page.has("nextToken")).isFalse();
      assertThat(ids).isEqualTo(reverse ? List.of(6, 5, 4, 3, 2, 1) : List.of(1, 2, 3, 4, 5, 6));
    }
    JsonNode bare =
        lab.service
            .call(
                "GetExecutionHistory",
                request("executionArn", arn).put("includeExecutionData", false))
            .get("events");
    assertThat(bare.at("/1/stateEnteredEventDetails")).isEqualTo(json("{\"name\": \"P\"}"));
  }

  @Test
  void pagesHaveTheirRules() {
    ObjectNode request = request("stateMachineArn", machine);
    assertThat(code("ListExecutions", request.deepCopy().put("maxResults", 1001)))
        .isEqualTo("ValidationException");
    assertThat(code("ListExecutions", request.deepCopy().put("nextToken", "next")))
        .isEqualTo("InvalidToken");
    for (String wrong : List.of("next", Inputs.token(-1), Inputs.token(99))) {
      assertThat(code("ListStateMachines", request("nextToken", wrong))).isEqualTo("InvalidToken");
    }
  }

  @Test
  void describesAndListsMachines() {
    JsonNode described =
        lab.service.call("DescribeStateMachine", request("stateMachineArn", machine));
    assertThat(json(described.get("definition").textValue()).get("StartAt").textValue())
        .isEqualTo("W");
    assertThat(described.get("roleArn").textValue()).isEqualTo(Lab.ROLE);
    assertThat(described.get("type").textValue()).isEqualTo("STANDARD");
    lab.service.register("k", machine("\"A\": {\"Type\": \"Succeed\"}"), Lab.ROLE);
    JsonNode page =
        lab.service.call("ListStateMachines", Json.NODES.objectNode().put("maxResults", 1));
    assertThat(page.at("/stateMachines/0/name").textValue()).isEqualTo("m");
    page =
        lab.service.call("ListStateMachines", request("nextToken", page.get("nextToken").asText()));
    assertThat(page.at("/stateMachines/0/name").textValue()).isEqualTo("k");
    assertThat(page.has("nextToken")).isFalse();
  }

  @Test
  void aNewDefinitionIsForNewExecutions() {
    String running = lab.startExecution(machine, "old", "{}");
    lab.service.register("m", machine("\"A\": {\"Type\": \"Succeed\"}"), Lab.ROLE);
    lab.startExecution(machine, "new", "{}");
    lab.timeline.runUntilIdle();
    assertThat(lab.path).containsExactlyInAnyOrder("W", "A");
    assertThat(lab.describe(running).get("status").textValue()).isEqualTo("SUCCEEDED");
  }

  @Test
  void validatesDefinitions() {
    JsonNode fine =
        lab.service.call(
            "ValidateStateMachineDefinition",
            request("definition", Json.write(machine("\"A\": {\"Type\": \"Succeed\"}"))));
    assertThat(fine)
        .isEqualTo(json("{\"result\": \"OK\", \"diagnostics\": [], \"truncated\": false}"));
    JsonNode wrong =
        lab.service.call(
            "ValidateStateMachineDefinition",
            request("definition", Json.write(machine("\"A\": {\"Type\": \"Nap\"}"))));
    assertThat(wrong.get("result").textValue()).isEqualTo("FAIL");
    assertThat(wrong.at("/diagnostics/0/location").textValue()).isEqualTo("/States/A/Type");
    JsonNode broken =
        lab.service.call("ValidateStateMachineDefinition", request("definition", "{"));
    assertThat(broken.at("/diagnostics/0/code").textValue()).isEqualTo("INVALID_JSON_DESCRIPTION");
  }

  @Test
  void tellsEventBridgeOfEveryChange() {
    lab.startExecution(machine, "n", "{\"a\": 1}");
    String other = lab.startExecution(machine, "o", "{}");
    lab.service.call("StopExecution", request("executionArn", other).put("error", "E"));
    lab.timeline.runUntilIdle();
    assertThat(lab.events)
        .extracting(e -> e.at("/detail/name").textValue() + e.at("/detail/status").textValue())
        .containsExactly("nRUNNING", "oRUNNING", "oABORTED", "nSUCCEEDED");
    ObjectNode last = lab.events.getLast();
    assertThat(last.remove("id").textValue()).hasSize(36);
    assertThat(last)
        .isEqualTo(
            json(
                """
                {"version": "0", "detail-type": "Step Functions Execution Status Change",
                  "source": "aws.states", "account": "123456789012",
                  "time": "2026-03-01T08:00:10Z", "region": "eu-west-1",
                  "resources": ["%1$sexecution:m:n"],
                  "detail": {"executionArn": "%1$sexecution:m:n",
                    "stateMachineArn": "%1$sstateMachine:m", "name": "n", "status": "SUCCEEDED",
                    "startDate": 1772352000000, "stopDate": 1772352010000,
                    "input": "{\\"a\\": 1}", "output": "{\\"a\\":1}",
                    "stateMachineVersionArn": null, "stateMachineAliasArn": null,
                    "redriveCount": 0, "redriveDate": null, "redriveStatus": "NOT_REDRIVABLE",
                    "redriveStatusReason": "Execution is SUCCEEDED and cannot be redriven",
                    "inputDetails": {"included": true}, "outputDetails": {"included": true},
                    "error": null, "cause": null}}
                """
                    .formatted(PREFIX)));
    assertThat(lab.events.get(2).at("/detail/error").textValue()).isEqualTo("E");
    assertThat(lab.events.get(0).at("/detail/stopDate").isNull()).isTrue();
  }

  @Test
  void leavesLargeInputsOutOfItsEvents() {
    lab.startExecution(machine, "n", "\"" + "\\\"".repeat(125_000) + "\"");
    assertThat(lab.events.getFirst().at("/detail/input").isNull()).isTrue();
    assertThat(lab.events.getFirst().at("/detail/inputDetails/included").booleanValue()).isFalse();
  }
}
