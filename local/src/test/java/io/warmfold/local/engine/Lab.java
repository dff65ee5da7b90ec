package io.warmfold.local.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.VirtualTimeline;
import io.warmfold.local.aws.FunctionHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A service on the virtual clock, with functions written in the test and ears everywhere. */
final class Lab {

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  static final String ROLE = "arn:aws:iam::123456789012:role/machine";

  /** A function: what it returns, or what it throws as a {@link Failure}. */
  interface Body {
    JsonNode apply(JsonNode payload) throws Failure;
  }

  /** A function's error, by the name that Step Functions sees. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private final String type;

    Failure(String type, String message) {
      super(message);
      this.type = type;
    }
  }

  final VirtualTimeline timeline = new VirtualTimeline(START);
  final List<ObjectNode> events = new ArrayList<>();
  final List<String> path = new ArrayList<>();
  final List<ExecutionView> ended = new ArrayList<>();
  final Functions functions = new Functions();
  final StepFunctionsService service;

  Lab() {
    this(1);
  }

  Lab(long seed) {
    service =
        new StepFunctionsService(
            timeline,
            new SplittableRandom(seed),
            functions,
            events::add,
            "eu-west-1",
            "123456789012");
    service.listen(
        new ExecutionListener() {
          @Override
          public void stateEntered(ExecutionView execution, String state) {
            path.add(state);
          }

          @Override
          public void ended(ExecutionView execution) {
            ended.add(execution);
          }
        });
  }

  /** Functions that take a set time; every call is written down. */
  final class Functions implements FunctionHost {
    private final Map<String, Body> bodies = new HashMap<>();
    private final Map<String, Duration> latencies = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<JsonNode> payloads = new ArrayList<>();
    final List<Instant> times = new ArrayList<>();

    Functions on(String function, Body body) {
      bodies.put(function, body);
      return this;
    }

    Functions slow(String function, Duration latency) {
      latencies.put(function, latency);
      return this;
    }

    @Override
    public void invoke(String function, JsonNode payload, Consumer<Outcome> then) {
      calls.add(function);
      payloads.add(payload);
      times.add(timeline.instant());
      Outcome outcome;
      try {
        outcome = new Outcome.Returned(bodies.get(function).apply(payload));
      } catch (Failure e) {
        outcome = new Outcome.Threw(e.type, e.getMessage());
      }
      Outcome answer = outcome;
      Duration latency = latencies.getOrDefault(function, Duration.ZERO);
      timeline.after(latency, () -> then.accept(answer));
    }

    @Override
    public void invokeAsync(String function, JsonNode payload) {
      throw new UnsupportedOperationException();
    }
  }

  static JsonNode json(String text) {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A machine of the given states, the first of which is where it starts. */
  static JsonNode machine(String states) {
    ObjectNode definition = Json.NODES.objectNode();
    JsonNode nodes = json("{" + states + "}");
    definition.put("QueryLanguage", "JSONata");
    definition.put("StartAt", nodes.fieldNames().next());
    definition.set("States", nodes);
    return definition;
  }

  /** Registers a machine under the name "m" and starts an execution. */
  String start(JsonNode definition, String input) {
    String machine = service.register("m", definition, ROLE);
    return startExecution(machine, null, input);
  }

  String startExecution(String machine, String name, String input) {
    ObjectNode request = Json.NODES.objectNode().put("stateMachineArn", machine);
    if (name != null) {
      request.put("name", name);
    }
    request.put("input", input);
    return service.call("StartExecution", request).get("executionArn").textValue();
  }

  /** Runs a machine to its end and describes the execution. */
  JsonNode run(JsonNode definition, String input) {
    String arn = start(definition, input);
    timeline.runUntilIdle();
    return describe(arn);
  }

  /** Runs a machine of the given states to its end, expects success and returns its output. */
  JsonNode output(String states, String input) {
    JsonNode description = run(machine(states), input);
    if (!description.path("status").asText().equals("SUCCEEDED")) {
      throw new AssertionError(description.toPrettyString());
    }
    return json(description.get("output").textValue());
  }

  JsonNode describe(String arn) {
    return service.call("DescribeExecution", request("executionArn", arn));
  }

  JsonNode history(String arn) {
    ObjectNode request = request("executionArn", arn).put("maxResults", 1000);
    return service.call("GetExecutionHistory", request).get("events");
  }

  /** The types of an execution's events, each with the id of the event that led to it. */
  List<String> story(String arn) {
    List<String> story = new ArrayList<>();
    for (JsonNode event : history(arn)) {
      story.add(event.get("previousEventId").asText() + " " + event.get("type").textValue());
    }
    return story;
  }

  static ObjectNode request(String field, String value) {
    return Json.NODES.objectNode().put(field, value);
  }

  void answer(String token, String output) {
    service.call("SendTaskSuccess", request("taskToken", token).put("output", output));
  }
}
