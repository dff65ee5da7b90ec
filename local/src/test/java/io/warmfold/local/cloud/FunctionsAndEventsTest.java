package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.handler.Platform;
import io.warmfold.local.RealTimeline;
import io.warmfold.local.Timeline;
import io.warmfold.local.VirtualTimeline;
import io.warmfold.local.aws.FunctionHost.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

class FunctionsAndEventsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String TEMPLATE =
      """
      Globals:
        Function:
          Runtime: java25
          Timeout: 2
          Environment: {Variables: {STAGE: test}}
      Resources:
        Queue: {Type: "AWS::SQS::Queue", Properties: {QueueName: failed}}
        Counting:
          Type: AWS::Serverless::Function
          Properties: {Handler: "io.warmfold.local.cloud.TestHandlers$Counting"}
        Typed:
          Type: AWS::Serverless::Function
          Properties: {Handler: "io.warmfold.local.cloud.TestHandlers$Typed::handleRequest"}
        Endless:
          Type: AWS::Serverless::Function
          Properties: {Handler: "io.warmfold.local.cloud.TestHandlers$Endless"}
        Broken:
          Type: AWS::Serverless::Function
          Properties: {Handler: "io.warmfold.local.cloud.TestHandlers$Broken"}
        Missing:
          Type: AWS::Serverless::Function
          Properties: {Handler: "io.warmfold.local.cloud.Missing"}
        Talkative:
          Type: AWS::Serverless::Function
          Properties: {Handler: "io.warmfold.local.cloud.TestHandlers$Talkative"}
        Failing:
          Type: AWS::Serverless::Function
          Properties:
            Handler: "io.warmfold.local.cloud.TestHandlers$Failing"
            EventInvokeConfig:
              MaximumRetryAttempts: 2
              DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Queue.Arn}}
            Events:
              Ended:
                Type: EventBridgeRule
                Properties:
                  Pattern:
                    source: [aws.sagemaker]
                    detail: {TrainingJobName: [{prefix: warmfold-}]}
              Tick:
                Type: Schedule
                Properties: {Schedule: rate(5 minutes)}
      """;

  @TempDir Path folder;
  private final List<Trouble> troubles = new ArrayList<>();
  private Stack stack;

  @BeforeEach
  void read() throws IOException {
    Path file = folder.resolve("template.yaml");
    Files.writeString(file, TEMPLATE);
    stack = StackReader.read(file, StackReader.Settings.of(java.util.Map.of()));
    TestHandlers.Failing.CALLS.set(0);
    TestHandlers.Failing.FAILURES.set(0);
  }

  private LocalFunctionHost host(Timeline timeline) {
    FunctionLog log = new FunctionLog(folder.resolve("logs"));
    return new LocalFunctionHost(
        timeline,
        () -> stack,
        (function, sandbox) ->
            new Platform(
                function.environment(),
                sandbox,
                AnonymousCredentialsProvider.create(),
                timeline,
                new SplittableRandom(1),
                line -> log.write(function.logicalId(), line)),
        () -> new FunctionInstance.Sandbox(UrlConnectionHttpClient.create()),
        List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)),
        new DeadLetters(folder.resolve("queues")),
        troubles::add,
        log,
        new SplittableRandom(2));
  }

  private Outcome invoke(String function, String payload) throws IOException {
    try (VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH)) {
      List<Outcome> outcomes = new ArrayList<>();
      host(timeline).invoke(function, JSON.readTree(payload), outcomes::add);
      timeline.runUntilIdle();
      assertThat(outcomes).hasSize(1);
      return outcomes.getFirst();
    }
  }

  @Test
  void anInstanceIsUsedAgain() throws IOException {
    try (VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH)) {
      LocalFunctionHost host = host(timeline);
      List<Outcome> outcomes = new ArrayList<>();
      String arn = stack.functions().get("Counting").arn();
      host.invoke(arn, JSON.readTree("[1]"), outcomes::add);
      timeline.runUntilIdle();
      host.invoke(arn + ":$LATEST", JSON.readTree("[2]"), outcomes::add);
      timeline.runUntilIdle();

      assertThat(outcomes)
          .containsExactly(
              new Outcome.Returned(
                  JSON.readTree(
                      "{\"calls\":1,\"stage\":\"test\",\"remaining\":2000,\"event\":[1]}")),
              new Outcome.Returned(
                  JSON.readTree(
                      "{\"calls\":2,\"stage\":\"test\",\"remaining\":2000,\"event\":[2]}")));
      assertThat(folder.resolve("logs/Counting.log")).hasContent("{\"call\":1}\n{\"call\":2}");
    }
  }

  @Test
  void typedHandlersAreDecoded() throws IOException {
    assertThat(invoke("Typed", "{\"a\":1,\"b\":41}"))
        .isEqualTo(new Outcome.Returned(JSON.readTree("42")));
  }

  @Test
  void whatIsThrownHasLambdasShape() throws IOException {
    TestHandlers.Failing.FAILURES.set(1);
    assertThat(invoke("Failing", "{}"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw -> {
              assertThat(threw.errorType()).isEqualTo("java.lang.IllegalStateException");
              assertThat(threw.errorMessage()).isEqualTo("not today");
              JsonNode cause = parsed(threw.cause());
              assertThat(cause.path("errorMessage").asText()).isEqualTo("not today");
              assertThat(cause.path("stackTrace").get(0).asText()).contains("TestHandlers$Failing");
              assertThat(cause.at("/cause/errorType").asText()).isEqualTo("java.io.IOException");
            });
    assertThat(invoke("Broken", "{}"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw ->
                assertThat(threw.errorType()).isEqualTo("java.lang.UnsupportedOperationException"));
    assertThat(((Outcome.Threw) invoke("Missing", "{}")).errorType())
        .isEqualTo("java.lang.ClassNotFoundException");
    assertThat(((Outcome.Threw) invoke("Nobody", "{}")).errorType())
        .isEqualTo("Lambda.ResourceNotFoundException");
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void payloadsHaveSixMegabytes() throws IOException {
    assertThat(((Outcome.Threw) invoke("Talkative", "{}")).errorType())
        .isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(
            ((Outcome.Threw) invoke("Counting", "\"" + "x".repeat(6 * 1024 * 1024) + "\""))
                .errorType())
        .isEqualTo("Lambda.RequestTooLargeException");
  }

  @Test
  void whoTakesTooLongIsGivenUp() throws Exception {
    try (RealTimeline timeline = new RealTimeline()) {
      CompletableFuture<Outcome> outcome = new CompletableFuture<>();
      host(timeline).invoke("Endless", JSON.readTree("{}"), outcome::complete);

      assertThat(outcome.get(30, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Outcome.Threw.class,
              threw -> {
                assertThat(threw.errorType()).isEqualTo("Sandbox.Timedout");
                assertThat(threw.errorMessage()).endsWith("Task timed out after 2.00 seconds");
              });
    }
  }

  private EventBus bus(VirtualTimeline timeline, Function<ObjectNode, List<Duration>> deliveries) {
    return bus(timeline, stack, deliveries);
  }

  private EventBus bus(
      VirtualTimeline timeline, Stack rules, Function<ObjectNode, List<Duration>> deliveries) {
    return new EventBus(
        timeline,
        rules,
        host(timeline),
        deliveries,
        new DeadLetters(folder.resolve("queues")),
        troubles::add,
        new SplittableRandom(3));
  }

  private static ObjectNode jobEvent(String job) {
    ObjectNode event = JSON.createObjectNode();
    event.put("source", "aws.sagemaker").put("detail-type", "t");
    event.putObject("detail").put("TrainingJobName", job);
    return event;
  }

  @Test
  void aFailingFunctionIsRetriedAndItsEventIsKept() throws IOException {
    try (VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
        EventBus bus = bus(timeline, event -> List.of(Duration.ZERO))) {
      TestHandlers.Failing.FAILURES.set(3);
      bus.put(jobEvent("other-job"));
      bus.put(jobEvent("warmfold-job"));

      timeline.runFor(Duration.ofSeconds(59));
      assertThat(TestHandlers.Failing.CALLS).hasValue(1);
      timeline.runFor(Duration.ofSeconds(2));
      assertThat(TestHandlers.Failing.CALLS).hasValue(2);
      timeline.runFor(Duration.ofMinutes(2));
      assertThat(TestHandlers.Failing.CALLS).hasValue(3);
      timeline.runUntilIdle();

      JsonNode letter = JSON.readTree(Files.readString(folder.resolve("queues/failed.jsonl")));
      assertThat(letter.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
      assertThat(letter.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
      assertThat(letter.at("/requestPayload/detail/TrainingJobName").asText())
          .isEqualTo("warmfold-job");
      assertThat(letter.at("/responsePayload/errorMessage").asText()).isEqualTo("not today");
      assertThat(troubles)
          .containsExactly(
              new Trouble.GivenUp(
                  "Failing",
                  3,
                  IllegalStateException.class.getName(),
                  "not today",
                  Optional.of("failed")));
    }
  }

  @Test
  void anEventWithoutItsFunctionIsKeptAndToldOf() throws IOException {
    ObjectNode pattern = JSON.createObjectNode();
    pattern.putArray("source").add("aws.sagemaker");
    Stack gone =
        new Stack(
            stack.name(),
            stack.account(),
            stack.region(),
            stack.functions(),
            List.of(
                new Stack.Rule(
                    "jobs",
                    pattern,
                    "arn:aws:lambda:us-east-1:123456789012:function:gone",
                    Optional.of("arn:aws:sqs:us-east-1:123456789012:undelivered"))),
            List.of(),
            stack.tables(),
            stack.buckets(),
            stack.stateMachines(),
            stack.outputs());
    try (VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
        EventBus bus = bus(timeline, gone, event -> List.of(Duration.ZERO))) {
      bus.put(jobEvent("warmfold-job"));
      timeline.runUntilIdle();

      JsonNode letter = JSON.readTree(Files.readString(folder.resolve("queues/undelivered.jsonl")));
      assertThat(letter.at("/detail/TrainingJobName").asText()).isEqualTo("warmfold-job");
      assertThat(troubles)
          .singleElement()
          .satisfies(
              trouble ->
                  assertThat(trouble.message())
                      .isEqualTo(
                          "the rule jobs could not deliver an event to gone, which is now in the"
                              + " queue undelivered: Function not found:"
                              + " arn:aws:lambda:us-east-1:123456789012:function:gone"));
    }
  }

  @Test
  void eventsCanBeLostAndDoubled() {
    try (VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
        EventBus bus =
            bus(
                timeline,
                event ->
                    event.at("/detail/TrainingJobName").asText().endsWith("lost")
                        ? List.of()
                        : List.of(Duration.ZERO, Duration.ofMinutes(3)))) {
      bus.put(jobEvent("warmfold-lost"));
      timeline.runUntilIdle();
      assertThat(TestHandlers.Failing.CALLS).hasValue(0);

      bus.put(jobEvent("warmfold-doubled"));
      timeline.runUntilIdle();
      assertThat(TestHandlers.Failing.CALLS).hasValue(2);
    }
  }

  @Test
  void schedulesTickUntilTheBusIsClosed() {
    try (VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH)) {
      try (EventBus bus = bus(timeline, event -> List.of(Duration.ZERO))) {
        bus.startSchedules();
        timeline.runFor(Duration.ofMinutes(16));
        assertThat(TestHandlers.Failing.CALLS).hasValue(3);
      }
      timeline.runUntilIdle();
      assertThat(TestHandlers.Failing.CALLS).hasValue(3);
    }
  }
}
