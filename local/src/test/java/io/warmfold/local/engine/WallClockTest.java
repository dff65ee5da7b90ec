package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.machine;
import static io.warmfold.local.engine.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.RealTimeline;
import io.warmfold.local.aws.FunctionHost;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The service on the wall clock, called from many threads. */
final class WallClockTest {

  /** Functions that work on threads of their own and answer their token from there. */
  private static final class Workers implements FunctionHost {
    private final RealTimeline timeline;
    private StepFunctionsService service;

    Workers(RealTimeline timeline) {
      this.timeline = timeline;
    }

    @Override
    public void invoke(String function, JsonNode payload, Consumer<Outcome> then) {
      timeline.offload(
          () ->
              service.call(
                  "SendTaskSuccess", request("taskToken", payload.textValue()).put("output", "2")),
          (answered, thrown) -> then.accept(new Outcome.Returned(json("1"))));
    }

    @Override
    public void invokeAsync(String function, JsonNode payload) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void executionsFromManyThreadsComeToTheirEnds() throws Exception {
    try (RealTimeline timeline = new RealTimeline()) {
      Workers workers = new Workers(timeline);
      StepFunctionsService service =
          new StepFunctionsService(
              timeline, new SplittableRandom(1), workers, event -> {}, "eu-west-1", "1");
      workers.service = service;
      int executions = 20;
      CountDownLatch ended = new CountDownLatch(executions);
      service.listen(
          new ExecutionListener() {
            @Override
            public void ended(ExecutionView execution) {
              ended.countDown();
            }
          });
      String arn =
          service.register(
              "m",
              machine(
                  """
                  "M": {"Type": "Map", "Items": "{% [1..20] %}", "Next": "Z",
                    "ItemProcessor": {"StartAt": "T", "States": {"T": {"Type": "Task",
                      "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                      "Arguments": {"FunctionName": "f",
                        "Payload": "{% $states.context.Task.Token %}"}, "End": true}}}},
                  "Z": {"Type": "Succeed", "Output": "{% $sum($states.input) %}"}
                  """),
              Lab.ROLE);
      for (int i = 0; i < executions; i++) {
        String name = "n" + i;
        Thread.startVirtualThread(
            () ->
                service.call("StartExecution", request("stateMachineArn", arn).put("name", name)));
      }
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
      for (JsonNode execution :
          service.call("ListExecutions", request("stateMachineArn", arn)).get("executions")) {
        JsonNode described =
            service.call(
                "DescribeExecution",
                request("executionArn", execution.get("executionArn").textValue()));
        assertThat(described.path("output").asText()).isEqualTo("40");
      }
    }
  }
}
