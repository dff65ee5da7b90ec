package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.engine.Lab.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks that invoke a function and take what it returns; errors that nobody handles. */
final class TaskTest {

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
  void givesTheAnswerOfTheFunctionAsLambdaWrapsIt() {
    lab.functions.on("f", payload -> json("{\"got\": " + payload.get("n") + "}"));
    JsonNode output =
        lab.output(
            "\"T\": {"
                + INVOKE
                + ", \"Output\": {\"payload\": \"{% $states.result.Payload %}\","
                + " \"status\": \"{% $states.result.StatusCode %}\","
                + " \"version\": \"{% $states.result.ExecutedVersion %}\"}, \"End\": true}",
            "{\"n\": 4}");
    assertThat(output)
        .isEqualTo(json("{\"payload\": {\"got\": 4}, \"status\": 200, \"version\": \"$LATEST\"}"));
    assertThat(lab.functions.calls).containsExactly("f");
  }

  @Test
  void withoutOutputTheWholeAnswerGoesOn() {
    lab.functions.on("f", payload -> json("[1]"));
    JsonNode output = lab.output("\"T\": {" + INVOKE + ", \"End\": true}", "{\"n\": 4}");
    assertThat(output.fieldNames())
        .toIterable()
        .containsExactly(
            "ExecutedVersion", "Payload", "SdkHttpMetadata", "SdkResponseMetadata", "StatusCode");
  }

  @Test
  void aQualifierIsPartOfTheFunctionsName() {
    lab.functions.on("f:live", payload -> payload);
    lab.output(
        """
        "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
          "Arguments": "{% {'FunctionName': 'f', 'Qualifier': 'live'} %}"}
        """,
        "{}");
    assertThat(lab.functions.calls).containsExactly("f:live");
    assertThat(lab.functions.payloads).containsExactly(json("{}"));
  }

  @Test
  void anErrorNobodyHandlesEndsTheExecution() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("java.lang.IllegalStateException", "no \"luck\"");
        });
    JsonNode failed = lab.run(task("\"Next\": \"Z\""), "{\"n\": 1}");
    assertThat(failed.get("status").textValue()).isEqualTo("FAILED");
    assertThat(failed.get("error").textValue()).isEqualTo("java.lang.IllegalStateException");
    assertThat(json(failed.get("cause").textValue()))
        .isEqualTo(
            json(
                """
                {"errorMessage": "no \\"luck\\"", "errorType": "java.lang.IllegalStateException"}
                """));
  }

  @Test
  void anErrorOfTheLambdaServiceComesAsItIs() {
    lab.functions.on(
        "f",
        payload -> {
          throw new Failure("Lambda.TooManyRequestsException", "Rate exceeded");
        });
    JsonNode failed = lab.run(task("\"Next\": \"Z\""), "{\"n\": 1}");
    assertThat(failed.get("cause").textValue()).isEqualTo("Rate exceeded");
  }

  @Test
  void aTooLargeAnswerIsAnErrorThatStatesAllDoesNotCatch() {
    lab.functions.on("f", payload -> Json.NODES.textNode("x".repeat(300_000)));
    JsonNode failed =
        lab.run(
            task(
                "\"Next\": \"Z\", \"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"Z\"}]"),
            "{\"n\": 1}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.DataLimitExceeded");
  }

  @Test
  void aSlowFunctionTimesOutAndItsAnswerIsForgotten() {
    lab.functions.on("f", payload -> json("1")).slow("f", Duration.ofSeconds(100));
    JsonNode output =
        lab.output(
            """
            "T": {%s, "TimeoutSeconds": "{%% $states.input.n %%}", "End": true,
              "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 1}],
              "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "W"}]},
            "W": {"Type": "Wait", "Seconds": 1000, "Output": "{%% $states.input.Error %%}",
              "End": true}
            """
                .formatted(INVOKE),
            "{\"n\": 10}");
    assertThat(output.textValue()).isEqualTo("States.Timeout");
    assertThat(secondsOfCalls()).containsExactly(0L, 11L);
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(10 + 1 + 10 + 1000));
  }

  @Test
  void argumentsWithoutAFunctionEndTheExecution() {
    JsonNode failed =
        lab.run(
            machine(
                """
                "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                  "Arguments": "{% {'Payload': 1} %}",
                  "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Z"}]},
                "Z": {"Type": "Succeed"}
                """),
            "{}");
    assertThat(failed.get("error").textValue()).isEqualTo("States.Runtime");
    assertThat(failed.get("cause").textValue()).contains("FunctionName");
  }
}
