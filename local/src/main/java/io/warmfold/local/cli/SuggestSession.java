package io.warmfold.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.search.History;
import io.warmfold.search.Observation;
import io.warmfold.search.Pending;
import io.warmfold.search.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A conversation with a searcher: a JSON object a line, answered with one.
 *
 * <ul>
 *   <li>{@code {"ask":{"id":3}}} gives {@code {"id":3,"hyperParameters":{…}}}, the same again when
 *       it is asked again, or {@code {"id":3,"exhausted":true}} when every combination has been
 *       given.
 *   <li>{@code {"tell":{"id":3,"score":0.2,"folds":[…]}}} gives {@code {"ok":true}}. With fewer
 *       folds than K the trial stays pending and may be told again with more, or with {@code
 *       "stopped":true} when no more will come. {@code "failed":true} says that there is no score.
 *       A trial that was not asked for can be told with its {@code "hyperParameters"}.
 *   <li>{@code {"space":{…}}} begins anew with another space.
 * </ul>
 *
 * A wrong line is answered with {@code {"error":"…"}} and changes nothing. Not thread-safe.
 */
final class SuggestSession {

  // Two messages on one line are a wrong line, not the first of them.
  private final ObjectMapper mapper =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private SpaceDocument document;
  private Map<String, Trial> trials = new LinkedHashMap<>();

  private record Trial(
      int number,
      Map<String, String> hyperParameters,
      SortedMap<Integer, Double> folds,
      int of,
      boolean ended,
      boolean failed) {}

  /** A conversation that has not begun; the space is read from a document. */
  SuggestSession(SpaceDocument document) {
    this.document = document;
  }

  /** The answer to a line. */
  String answer(String line) {
    ObjectNode answer;
    try {
      JsonNode message = mapper.readTree(line);
      if (message.has("ask")) {
        answer = ask(message.get("ask"));
      } else if (message.has("tell")) {
        answer = tell(message.get("tell"));
      } else if (message.has("space")) {
        document = SpaceDocument.read(message.get("space"));
        trials = new LinkedHashMap<>();
        answer = mapper.createObjectNode().put("ok", true);
      } else {
        answer = error("a line has ask, tell or space");
      }
    } catch (JsonProcessingException notJson) {
      answer = error("not a JSON object: " + notJson.getOriginalMessage());
    } catch (IllegalArgumentException refused) {
      answer = error(refused.getMessage());
    }
    return answer.toString();
  }

  private ObjectNode error(String message) {
    return mapper.createObjectNode().put("error", message);
  }

  private static String id(JsonNode message) {
    JsonNode id = message.path("id");
    if (!id.isTextual() && !id.isIntegralNumber()) {
      throw new IllegalArgumentException("id must be an integer or a string");
    }
    return id.toString();
  }

  private ObjectNode ask(JsonNode message) {
    String id = id(message);
    Trial trial = trials.get(id);
    if (trial == null) {
      Suggestion next =
          document
              .searcher()
              .suggest(
                  document.space(),
                  History.of(document.direction(), ended()),
                  pending(),
                  document.seed());
      switch (next) {
        case Suggestion.Candidate candidate -> {
          trial =
              new Trial(
                  trials.size(), candidate.hyperParameters(), new TreeMap<>(), 1, false, false);
          trials.put(id, trial);
        }
        case Suggestion.Exhausted none -> {
          return answer(message).put("exhausted", true);
        }
      }
    }
    ObjectNode answer = answer(message);
    ObjectNode values = answer.putObject("hyperParameters");
    trial.hyperParameters().forEach(values::put);
    return answer;
  }

  private ObjectNode answer(JsonNode message) {
    ObjectNode answer = mapper.createObjectNode();
    answer.set("id", message.get("id"));
    return answer;
  }

  private List<Observation> ended() {
    List<Observation> ended = new ArrayList<>();
    for (Trial trial : trials.values()) {
      if (trial.ended()) {
        ended.add(
            new Observation(
                trial.number(),
                trial.hyperParameters(),
                trial.folds(),
                trial.of(),
                trial.failed()));
      }
    }
    return ended;
  }

  private List<Pending> pending() {
    List<Pending> pending = new ArrayList<>();
    for (Trial trial : trials.values()) {
      if (!trial.ended()) {
        pending.add(new Pending(trial.number(), trial.hyperParameters(), trial.folds()));
      }
    }
    return pending;
  }

  private ObjectNode tell(JsonNode message) {
    String id = id(message);
    Trial asked = trials.get(id);
    if (asked == null) {
      asked = new Trial(trials.size(), given(message), new TreeMap<>(), 1, false, false);
    }
    boolean failed = message.path("failed").asBoolean(false);
    SortedMap<Integer, Double> scores = new TreeMap<>();
    for (JsonNode score : message.path("folds")) {
      scores.put(scores.size(), number("folds", score));
    }
    boolean stopped = message.path("stopped").asBoolean(false);
    int folds = document.folds() > 0 ? document.folds() : Math.max(1, scores.size());
    if (scores.size() > folds) {
      throw new IllegalArgumentException("there are only " + folds + " folds");
    }
    if (scores.isEmpty() && message.has("score")) {
      scores.put(0, number("score", message.get("score")));
      folds = 1;
    }
    if (scores.isEmpty() && !failed) {
      throw new IllegalArgumentException("a tell has a score, folds or failed");
    }
    boolean ended = failed || stopped || scores.size() == folds;
    trials.put(
        id, new Trial(asked.number(), asked.hyperParameters(), scores, folds, ended, failed));
    return mapper.createObjectNode().put("ok", true);
  }

  private Map<String, String> given(JsonNode message) {
    JsonNode values = message.path("hyperParameters");
    if (!values.isObject()) {
      throw new IllegalArgumentException(
          "no such id was asked for, and the line has no hyperParameters");
    }
    Map<String, String> given = new LinkedHashMap<>();
    values.properties().forEach(value -> given.put(value.getKey(), value.getValue().asText()));
    document.space().encode(given);
    return given;
  }

  private static double number(String field, JsonNode value) {
    if (value.isNumber()) {
      return value.asDouble();
    }
    return switch (value.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException(field + " must hold numbers");
    };
  }
}
