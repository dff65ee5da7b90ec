package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static io.warmfold.local.engine.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import io.warmfold.local.engine.Lab.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that wait for their token. */
final class TokenTest {

  private static final String WAIT =
      """
      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
      "Arguments": {"FunctionName": "f", "Payload": {"Token": "{% $states.context.Task.Token %}"}}\
      """;

  private final Lab lab = new Lab();
  private final List<String> tokens = new ArrayList<>();

  @BeforeEach
  void keepTokens() {
    lab.functions.on(
        "f",
        payload -> {
          tokens.add(payload.get("Token").textValue());
          return json("\"started\"");
        });
  }

  private static JsonNode task(String more) {
    return machine(
        "\"T\": {"
            + WAIT
            + (more.isEmpty() ? "" : ", ")
            + more
            + ", \"Next\": \"Z\"}, \"Z\": {\"Type\": \"Succeed\"}");
  }

  private String startAndWait(String more) {
    String arn = lab.start(task(more.isEmpty() ? "\"Comment\": \"\"" : more), "{}");
    lab.timeline.runFor(Duration.ofSeconds(1));
    return arn;
  }

  private String code(String operation, ObjectNode request) {
    try {
      lab.service.call(operation, request);
      return "";
    } catch (ServiceException e) {
      return e.code();
    }
  }

  @Test
  void waitsForTheAnswerAndTakesItAsItsResult() {
    String arn = startAndWait("\"Output\": {\"was\": \"{% $states.result.score %}\"}");
    assertThat(lab.describe(arn).get("status").textValue()).isEqualTo("RUNNING");
    lab.timeline.runFor(Duration.ofHours(5));
    lab.answer(tokens.getFirst(), "{\"score\": 0.5}");
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("output").textValue()).isEqualTo("{\"was\":0.5}");
    assertThat(lab.story(arn))
        .containsExactly(
            "0 ExecutionStarted",
            "0 TaskStateEntered",
            "2 TaskScheduled",
            "3 TaskStarted",
            "4 TaskSubmitted",
            "5 TaskSucceeded",
            "6 TaskStateExited",
            "7 SucceedStateEntered",
            "8 SucceedStateExited",
            "9 ExecutionSucceeded");
  }

  @Test
  void aFailureCarriesErrorAndCause() {
    String arn = startAndWait("");
    lab.service.call(
        "SendTaskFailure",
        request("taskToken", tokens.getFirst()).put("error", "Infra").put("cause", "no capacity"));
    lab.timeline.runUntilIdle();
    JsonNode failed = lab.describe(arn);
    assertThat(failed.get("error").textValue()).isEqualTo("Infra");
    assertThat(failed.get("cause").textValue()).isEqualTo("no capacity");
  }

  @Test
  void aFailureNeedsNeither() {
    String arn =
        startAndWait("\"Catch\": [{\"ErrorEquals\": [\"States.TaskFailed\"], \"Next\": \"Z\"}]");
    lab.service.call("SendTaskFailure", request("taskToken", tokens.getFirst()));
    lab.timeline.runUntilIdle();
    assertThat(json(lab.describe(arn).get("output").textValue()))
        .isEqualTo(json("{\"Error\": null, \"Cause\": null}"));
  }

  @Test
  void theAnswerMayComeBeforeTheFunctionReturns() {
    lab.functions
        .on(
            "f",
            payload -> {
              lab.answer(payload.get("Token").textValue(), "\"early\"");
              return json("\"late\"");
            })
        .slow("f", Duration.ofSeconds(30));
    String arn = lab.start(task("\"Comment\": \"\""), "{}");
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("output").textValue()).isEqualTo("\"early\"");
    assertThat(lab.describe(arn).get("stopDate")).isEqualTo(lab.describe(arn).get("startDate"));
    assertThat(lab.story(arn)).doesNotContain("4 TaskSubmitted").hasSize(9);
  }

  @Test
  void afterAnEarlyAnswerTheFunctionMayEvenFail() {
    lab.functions.on(
        "f",
        payload -> {
          lab.answer(payload.get("Token").textValue(), "\"early\"");
          throw new Failure("E", "too late");
        });
    assertThat(lab.run(task("\"Comment\": \"\""), "{}").get("output").textValue())
        .isEqualTo("\"early\"");
  }

  @Test
  void aFunctionThatFailsFailsTheTaskAndItsToken() {
    lab.functions.on(
        "f",
        payload -> {
          tokens.add(payload.get("Token").textValue());
          throw new Failure("E", "not started");
        });
    JsonNode failed = lab.run(task("\"Comment\": \"\""), "{}");
    assertThat(failed.get("error").textValue()).isEqualTo("E");
    assertThat(code("SendTaskSuccess", request("taskToken", tokens.getFirst()).put("output", "1")))
        .isEqualTo("TaskTimedOut");
  }

  @Test
  void aTokenIsAnsweredOnce() {
    startAndWait("");
    ObjectNode answer = request("taskToken", tokens.getFirst()).put("output", "1");
    assertThat(code("SendTaskSuccess", answer)).isEmpty();
    assertThat(code("SendTaskSuccess", answer)).isEqualTo("TaskTimedOut");
    assertThat(code("SendTaskFailure", request("taskToken", tokens.getFirst())))
        .isEqualTo("TaskTimedOut");
    assertThat(code("SendTaskHeartbeat", request("taskToken", tokens.getFirst())))
        .isEqualTo("TaskTimedOut");
  }

  @Test
  void everyAttemptHasATokenOfItsOwn() {
    String arn = startAndWait("\"Retry\": [{\"ErrorEquals\": [\"Infra\"]}]");
    lab.service.call(
        "SendTaskFailure", request("taskToken", tokens.getFirst()).put("error", "Infra"));
    lab.timeline.runFor(Duration.ofSeconds(5));
    assertThat(tokens).hasSize(2).doesNotHaveDuplicates();
    assertThat(code("SendTaskSuccess", request("taskToken", tokens.get(0)).put("output", "1")))
        .isEqualTo("TaskTimedOut");
    lab.answer(tokens.get(1), "2");
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("output").textValue()).isEqualTo("2");
  }

  @Test
  void whatIsNoTokenIsSaidToBeNone() {
    startAndWait("");
    String token = tokens.getFirst();
    String changed = (token.charAt(20) == 'x' ? 'y' : 'x') + token.substring(1);
    for (String wrong : List.of("abc", "!", token + "AAAA", changed)) {
      assertThat(code("SendTaskSuccess", request("taskToken", wrong).put("output", "1")))
          .isEqualTo("InvalidToken");
    }
    assertThat(code("SendTaskSuccess", request("output", "1"))).isEqualTo("ValidationException");
    assertThat(code("SendTaskSuccess", request("taskToken", token)))
        .isEqualTo("ValidationException");
    assertThat(code("SendTaskSuccess", request("taskToken", token).put("output", "{")))
        .isEqualTo("InvalidOutput");
    assertThat(
            code(
                "SendTaskSuccess",
                request("taskToken", token).put("output", "\"" + "x".repeat(300_000) + "\"")))
        .isEqualTo("ValidationException");
    lab.answer(token, "1");
  }

  @Test
  void aTokenOfAnotherServiceIsUnknownHere() {
    startAndWait("");
    StepFunctionsService other = new Lab(99).service;
    assertThatThrownBy(
            () ->
                other.call(
                    "SendTaskSuccess", request("taskToken", tokens.getFirst()).put("output", "1")))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.code()).isEqualTo("TaskDoesNotExist"));
  }

  @Test
  void aTimeoutEndsTheWaitAndTheToken() {
    String arn = lab.start(task("\"TimeoutSeconds\": 3600"), "{}");
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("error").textValue()).isEqualTo("States.Timeout");
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(3600));
    assertThat(lab.story(arn)).contains("5 TaskTimedOut", "6 ExecutionFailed").hasSize(7);
    assertThat(code("SendTaskSuccess", request("taskToken", tokens.getFirst()).put("output", "1")))
        .isEqualTo("TaskTimedOut");
  }

  @Test
  void heartbeatsKeepATaskAliveUntilTheyStop() {
    String arn =
        lab.start(
            task(
                """
                "TimeoutSeconds": 3600, "HeartbeatSeconds": "{% 60 %}",
                "Catch": [{"ErrorEquals": ["States.HeartbeatTimeout"], "Next": "Z",
                  "Output": "{% $states.errorOutput.Error %}"}]
                """),
            "{}");
    for (int i = 0; i < 5; i++) {
      lab.timeline.runFor(Duration.ofSeconds(50));
      lab.service.call("SendTaskHeartbeat", request("taskToken", tokens.getFirst()));
    }
    lab.timeline.runUntilIdle();
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(250 + 60));
    assertThat(lab.describe(arn).get("output").textValue()).isEqualTo("\"States.Timeout\"");
  }

  @Test
  void stoppingAnExecutionKillsItsToken() {
    String arn = startAndWait("\"TimeoutSeconds\": 1000");
    JsonNode stopped =
        lab.service.call(
            "StopExecution",
            request("executionArn", arn).put("error", "Enough").put("cause", "by hand"));
    JsonNode description = lab.describe(arn);
    assertThat(description.get("status").textValue()).isEqualTo("ABORTED");
    assertThat(description.get("stopDate")).isEqualTo(stopped.get("stopDate"));
    assertThat(description.get("error").textValue()).isEqualTo("Enough");
    assertThat(description.get("cause").textValue()).isEqualTo("by hand");
    assertThat(code("SendTaskSuccess", request("taskToken", tokens.getFirst()).put("output", "1")))
        .isEqualTo("TaskTimedOut");
    lab.timeline.runUntilIdle();
    assertThat(lab.timeline.instant()).isEqualTo(Lab.START.plusSeconds(1));
    assertThat(lab.story(arn)).last().isEqualTo("0 ExecutionAborted");
    assertThat(lab.ended).hasSize(1);
  }

  @Test
  void anAnswerAndAStopInOneInstantDoNotBothCount() {
    String arn = startAndWait("");
    lab.answer(tokens.getFirst(), "1");
    lab.service.call("StopExecution", request("executionArn", arn));
    lab.timeline.runUntilIdle();
    assertThat(lab.describe(arn).get("status").textValue()).isEqualTo("ABORTED");
    assertThat(lab.story(arn)).doesNotContain("5 TaskSucceeded");
  }
}
