package io.warmfold.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.VirtualTimeline;
import io.warmfold.local.aws.FunctionHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The definition takes the same path of states here as in an interpreter that shares no code with
 * this one, given the same answers of functions: {@code paths.json} holds what that one did, as
 * {@code src/test/interpreter/record.py} wrote it.
 */
class DefinitionPathsTest {

  private StepFunctionsService service;
  private final Map<String, Integer> calls = new TreeMap<>();
  private final VirtualTimeline timeline = new VirtualTimeline(Lab.START);

  static Stream<Arguments> scenarios() throws IOException {
    try (InputStream file = DefinitionPathsTest.class.getResourceAsStream("paths.json")) {
      JsonNode scenarios =
          Json.parse(new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
      return StreamSupport.stream(scenarios.spliterator(), false)
          .map(scenario -> Arguments.of(scenario.get("name").textValue(), scenario));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void takesTheSamePath(String name, JsonNode scenario) throws IOException {
    Map<String, List<String>> byArn = new TreeMap<>();
    service =
        new StepFunctionsService(
            timeline,
            new SplittableRandom(1),
            new Scripted(scenario.get("functions")),
            event -> {},
            "us-east-1",
            "123456789012");
    service.listen(
        new ExecutionListener() {
          @Override
          public void stateEntered(ExecutionView execution, String state) {
            byArn.computeIfAbsent(execution.arn(), key -> new ArrayList<>()).add(state);
          }
        });
    String definition =
        Files.readString(Path.of("..", "statemachine", "study.asl.json"))
            .replaceAll("\\$\\{(\\w+)Arn}", "$1");
    String machine = service.register("m", Json.parse(definition), Lab.ROLE);
    String execution =
        service
            .call(
                "StartExecution",
                Lab.request("stateMachineArn", machine)
                    .put("name", "e")
                    .put("input", scenario.get("input").toString()))
            .get("executionArn")
            .textValue();
    timeline.runUntilIdle();
    JsonNode ended = service.call("DescribeExecution", Lab.request("executionArn", execution));

    Map<String, List<String>> paths = new TreeMap<>();
    for (Map.Entry<String, List<String>> one : byArn.entrySet()) {
      paths.put(place(one.getKey()), one.getValue());
    }
    assertThat(paths).isEqualTo(lists(scenario.get("path")));
    assertThat(calls).isEqualTo(numbers(scenario.get("calls")));
    JsonNode end = scenario.get("end");
    assertThat(ended.path("status")).isEqualTo(end.path("status"));
    if (end.has("error")) {
      assertThat(ended.path("error")).isEqualTo(end.path("error"));
    }
    if (end.has("cause")) {
      assertThat(ended.path("cause")).isEqualTo(end.path("cause"));
    }
    if (end.has("output")) {
      assertThat(Json.parse(ended.path("output").textValue())).isEqualTo(end.path("output"));
    }
  }

  /** A lane is known by its input. */
  private String place(String arn) throws IOException {
    JsonNode input =
        Json.parse(
            service
                .call("DescribeExecution", Lab.request("executionArn", arn))
                .get("input")
                .textValue());
    return input.has("Lane")
        ? "lane " + input.get("Round").asInt() + " " + input.get("Lane").asInt()
        : "study";
  }

  private static Map<String, List<String>> lists(JsonNode json) {
    Map<String, List<String>> lists = new TreeMap<>();
    json.properties()
        .forEach(
            entry -> {
              List<String> list = new ArrayList<>();
              entry.getValue().forEach(state -> list.add(state.textValue()));
              lists.put(entry.getKey(), list);
            });
    return lists;
  }

  private static Map<String, Integer> numbers(JsonNode json) {
    Map<String, Integer> numbers = new TreeMap<>();
    json.properties().forEach(entry -> numbers.put(entry.getKey(), entry.getValue().intValue()));
    return numbers;
  }

  /** Functions that answer what a scenario says, the last answer for ever. */
  private final class Scripted implements FunctionHost {
    private final JsonNode functions;

    Scripted(JsonNode functions) {
      this.functions = functions;
    }

    @Override
    public void invoke(String function, JsonNode payload, Consumer<Outcome> then) {
      JsonNode answer = answer(function, payload);
      timeline.after(Duration.ofMillis(10), () -> then.accept(outcome(answer)));
      JsonNode token = payload.path("Token");
      if (!token.isTextual() || answer.has("throw") || answer.has("silent")) {
        return;
      }
      if (answer.has("fail")) {
        service.call(
            "SendTaskFailure",
            Lab.request("taskToken", token.textValue())
                .put("error", answer.get("fail").textValue())
                .put("cause", answer.path("cause").asText()));
      } else {
        String output =
            answer.has("token")
                ? answer.get("token").toString()
                : "{\"Job\": \"j\", \"Outcome\": \"Completed\"}";
        service.call(
            "SendTaskSuccess", Lab.request("taskToken", token.textValue()).put("output", output));
      }
    }

    private Outcome outcome(JsonNode answer) {
      if (!answer.has("throw")) {
        return new Outcome.Returned(answer.path("return"));
      }
      String type = answer.get("throw").textValue();
      String message = answer.path("message").asText();
      JsonNode cause = Json.NODES.objectNode().put("errorMessage", message).put("errorType", type);
      return new Outcome.Threw(type, message, cause.toString());
    }

    private JsonNode answer(String function, JsonNode payload) {
      String key = key(function, payload);
      int turn = calls.merge(key, 1, Integer::sum) - 1;
      String group =
          function.equals("StartJob") ? "StartJob " + payload.get("Kind").textValue() : function;
      for (String name : List.of(key, group, function)) {
        JsonNode all = functions.path(name);
        if (!all.isMissingNode()) {
          return all.get(Math.min(turn, all.size() - 1));
        }
      }
      return Json.NODES.objectNode().set("return", Json.NODES.objectNode());
    }

    private static String key(String function, JsonNode payload) {
      return switch (function) {
        case "NextFold" ->
            "NextFold " + payload.get("Round").asInt() + " " + payload.get("Lane").asInt();
        case "ShardObject" -> "ShardObject " + payload.get("Part").asInt();
        case "StartJob" ->
            "StartJob "
                + payload.get("Kind").textValue()
                + (payload.has("Trial")
                    ? " " + payload.get("Trial").asInt() + " " + payload.get("Fold").asInt()
                    : "");
        default -> function;
      };
    }

    @Override
    public void invokeAsync(String function, JsonNode payload) {
      throw new UnsupportedOperationException();
    }
  }
}
