package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a definition may say, and how it is refused. */
final class MachineTest {

  private static final String INVOKE =
      """
      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {"FunctionName": "f"}\
      """;

  private static String problems(JsonNode definition) {
    InvalidDefinitionException refused =
        catchThrowableOfType(InvalidDefinitionException.class, () -> Machine.load(definition));
    assertThat(refused).as("refusal").isNotNull();
    return refused.getMessage();
  }

  @Test
  void takesTheMachineThatIsDeployed() throws Exception {
    Path file = Path.of("..", "statemachine", "study.asl.json");
    String text = Files.readString(file).replaceAll("\\$\\{(\\w+)}", "arn:aws:lambda:::$1");
    Machine machine = Machine.load(json(text));
    assertThat(machine.timeout()).contains(Duration.ofDays(30));
    assertThat(machine.graph().states()).containsKey("AbandonStudy");
  }

  @Test
  void namesEveryProblemWithItsPlace() {
    JsonNode definition =
        machine(
            """
            "A": {"Type": "Pass", "Next": "Nowhere", "InputPath": "$.a"},
            "B": {"Type": "Succeed", "Parameters": {}},
            "C": {"Type": "Teleport"}
            """);
    InvalidDefinitionException refused =
        catchThrowableOfType(InvalidDefinitionException.class, () -> Machine.load(definition));
    assertThat(refused.problems())
        .extracting(InvalidDefinitionException.Problem::toString)
        .containsExactly(
            "/States/A/InputPath: is not a field of a Pass state in JSONata",
            "/States/B/Parameters: is not a field of a Succeed state in JSONata",
            "/States/C/Type: there is no state type Teleport");
  }

  @Test
  void everyWayLeadsSomewhereAndEveryStateIsReached() {
    assertThat(
            problems(
                machine(
                    """
                    "A": {"Type": "Choice",
                      "Choices": [{"Condition": true, "Next": "X"}], "Default": "Y"},
                    "T": {%s, "End": true,
                      "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Z"}]}
                    """
                        .formatted(INVOKE))))
        .contains(
            "/States/A/Choices/0/Next: there is no state X",
            "/States/A/Default: there is no state Y",
            "/States/T/Catch/0/Next: there is no state Z",
            "/States/T: nothing leads to this state");
    ObjectNode astray = (ObjectNode) machine("\"A\": {\"Type\": \"Succeed\"}");
    astray.put("StartAt", "B");
    assertThat(problems(astray)).contains("/StartAt: there is no state B");
  }

  @Test
  void aDefinitionIsInJsonata() {
    ObjectNode definition = (ObjectNode) machine("\"A\": {\"Type\": \"Succeed\"}");
    definition.remove("QueryLanguage");
    assertThat(problems(definition)).contains("/QueryLanguage: has to be JSONata");
    assertThat(problems(machine("\"A\": {\"Type\": \"Succeed\", \"QueryLanguage\": \"JSONPath\"}")))
        .contains("/States/A/QueryLanguage: has to be JSONata");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $eval('1')              | $eval does not exist
          $launch(1)              | there is no function $launch
          States.Format('a')      | there is no function Format
          1 +                     | is not JSONata
          $states.result          | $states.result is not there in this field
          $states.errorOutput     | $states.errorOutput is not there in this field
          $states.output          | $states has no output
          ($states := 1; 2)       | $states is reserved
          """)
  void refusesExpressionsThatAwsWouldRefuse(String expression, String problem) {
    ObjectNode state =
        Json.NODES.objectNode().put("Type", "Succeed").put("Output", "{% " + expression + " %}");
    ObjectNode definition = (ObjectNode) machine("\"A\": {\"Type\": \"Succeed\"}");
    ((ObjectNode) definition.get("States")).set("A", state);
    assertThat(problems(definition)).contains("/States/A/Output: ").contains(problem);
  }

  @Test
  void namesInStringsCommentsAndLambdasAreNoCalls() {
    JsonNode definition =
        machine(
            """
            "A": {"Type": "Pass", "End": true, "Output": [
              "{% '$eval(' & \\"$launch(\\" %}",
              "{% /* $eval(1) */ 1 %}",
              "{% ($twice := function($f, $x){ $f($f($x)) }; $twice(function($y){$y + 1}, 1)) %}",
              "{% $contains('a/b', /$eval(1)/) %}",
              "{% (4 / 2) / 1 and (true or (false)) %}",
              "{% [1,2] ~> $sum %}"
            ]}
            """);
    assertThat(Machine.load(definition).graph().states()).hasSize(1);
  }

  @Test
  void statesResultIsThereWhereThereIsAResult() {
    Machine.load(
        machine(
            """
            "A": {%s, "Output": "{%% $states.result %%}", "Assign": {"x": "{%% $states.result %%}"},
              "End": true,
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B",
                "Output": "{%% $states.errorOutput %%}"}]},
            "B": {"Type": "Succeed"}
            """
                .formatted(INVOKE)));
    assertThat(
            problems(
                machine(
                    """
                    "A": {%s, "TimeoutSeconds": "{%% $states.result %%}", "End": true}
                    """
                        .formatted(INVOKE))))
        .contains("/States/A/TimeoutSeconds: $states.result is not there");
  }

  @Test
  void bracesAreAllOfAString() {
    assertThat(
            problems(machine("\"A\": {\"Type\": \"Succeed\", \"Output\": {\"b\": \" {% 1 %}\"}}")))
        .contains("/States/A/Output/b: JSONata starts with {%");
  }

  @Test
  void refusesWhatOnlyJsonPathHas() {
    assertThat(problems(machine("\"A\": {\"Type\": \"Succeed\", \"Output\": {\"b.$\": \"$.b\"}}")))
        .contains("/States/A/Output/b.$: is JSONPath");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          arn:aws:states:::sqs:sendMessage           | is not supported here
          arn:aws:lambda:eu-west-1:1:function:f      | is not supported here
          arn:aws:states:::lambda:invoke.sync        | is not supported here
          """)
  void refusesOtherResources(String resource, String problem) {
    assertThat(
            problems(
                machine(
                    """
                    "A": {"Type": "Task", "Resource": "%s",
                      "Arguments": {"FunctionName": "f"}, "End": true}
                    """
                        .formatted(resource))))
        .contains("/States/A/Resource: " + problem);
  }

  @Test
  void refusesArgumentsThatLambdaDoesNotTake() {
    assertThat(
            problems(
                machine(
                    """
                    "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                      "Arguments": {"Function": "f", "InvocationType": "Event"}, "End": true}
                    """)))
        .contains(
            "/States/A/Arguments/Function: is not a field",
            "/States/A/Arguments/FunctionName: is missing",
            "/States/A/Arguments/InvocationType: has to be RequestResponse");
  }

  @Test
  void aHeartbeatNeedsATokenAndIsShorterThanTheTimeout() {
    assertThat(
            problems(
                machine("\"A\": {%s, \"HeartbeatSeconds\": 5, \"End\": true}".formatted(INVOKE))))
        .contains("/States/A/HeartbeatSeconds: needs a task that waits");
    assertThat(
            problems(
                machine(
                    """
                    "A": {"Type": "Task",
                      "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                      "Arguments": {"FunctionName": "f"}, "TimeoutSeconds": 5,
                      "HeartbeatSeconds": 5, "End": true}
                    """)))
        .contains("/States/A/HeartbeatSeconds: has to be less than TimeoutSeconds");
  }

  @Test
  void refusesRulesAboutErrorsThatMakeNoSense() {
    assertThat(
            problems(
                machine(
                    """
                    "A": {%s, "End": true,
                      "Retry": [
                        {"ErrorEquals": ["States.ALL"], "MaxAttempts": -1, "BackoffRate": 0.5},
                        {"ErrorEquals": ["States.Boredom"], "IntervalSeconds": 10,
                          "MaxDelaySeconds": 10, "JitterStrategy": "SOME", "Attempts": 3},
                        {"ErrorEquals": []}],
                      "Catch": [{"ErrorEquals": ["States.ALL", "E"], "Next": "A"}]}
                    """
                        .formatted(INVOKE))))
        .contains(
            "/States/A/Retry/0/MaxAttempts: ",
            "/States/A/Retry/0/BackoffRate: ",
            "/States/A/Retry/0/ErrorEquals: States.ALL stands alone, and in the last rule",
            "/States/A/Retry/1/ErrorEquals: there is no error States.Boredom",
            "/States/A/Retry/1/MaxDelaySeconds: ",
            "/States/A/Retry/1/JitterStrategy: ",
            "/States/A/Retry/1/Attempts: is not a field of a retrier",
            "/States/A/Retry/2/ErrorEquals: has to be an array with at least one name",
            "/States/A/Catch/0/ErrorEquals: States.ALL stands alone");
  }

  @Test
  void variablesHaveNamesOfTheirOwn() {
    assertThat(
            problems(
                machine(
                    """
                    "A": {"Type": "Pass", "End": true,
                      "Assign": {"states": 1, "1x": 2, "a-b": 3, "größe": 4}}
                    """)))
        .contains("/States/A/Assign/states: is reserved", "/Assign/1x: ", "/Assign/a-b: ")
        .doesNotContain("größe");
  }

  @Test
  void aMapSaysHowItsChildrenRun() {
    String map =
        """
        "M": {"Type": "Map", %s "End": true, "ItemProcessor": {%s
          "StartAt": "I", "States": {"I": {"Type": "Succeed"}}}}
        """;
    assertThat(
            problems(
                machine(
                    map.formatted("\"ItemReader\": {}, \"Label\": \"l\", \"Iterator\": {},", ""))))
        .contains(
            "/States/M/ItemReader: is not a field of a Map state here",
            "/States/M/Iterator: ",
            "/States/M/Label: needs a ProcessorConfig whose Mode is DISTRIBUTED");
    assertThat(
            problems(
                machine(
                    map.formatted(
                        "\"Label\": \"a b\", \"ToleratedFailurePercentage\": 101,",
                        """
                        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},\
                        """))))
        .contains(
            "/States/M/ItemProcessor/ProcessorConfig/ExecutionType: has to be STANDARD",
            "/States/M/Label: ",
            "/States/M/ToleratedFailurePercentage: has to be from 0 to 100");
  }

  @Test
  void namesOfStatesAreUniqueInAMachine() {
    assertThat(
            problems(
                machine(
                    """
                    "A": {"Type": "Parallel", "End": true, "Branches": [
                      {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}]}
                    """)))
        .contains("another state has the same name");
  }

  @Test
  void endAndNextExcludeEachOther() {
    assertThat(
            problems(
                machine(
                    """
                    "A": {"Type": "Pass", "Next": "B", "End": true},
                    "B": {"Type": "Pass"},
                    "C": {"Type": "Wait", "Seconds": 1, "Timestamp": "soon", "End": true}
                    """)))
        .contains(
            "/States/A: has to have either Next or End: true",
            "/States/B: has to have either Next or End: true",
            "/States/C: a Wait state has either Seconds or Timestamp",
            "/States/C/Timestamp: has to be like");
  }
}
