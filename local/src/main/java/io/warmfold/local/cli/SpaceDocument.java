package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.search.Searcher;
import io.warmfold.search.Searchers;
import io.warmfold.space.Parameter;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What {@code warmfold suggest} searches, in AMT's shapes: {@code ParameterRanges}, {@code
 * HyperParameterTuningJobObjective}, and optionally {@code Strategy} (Bayesian), {@code RandomSeed}
 * (0) and {@code CrossValidation.Folds}.
 *
 * @param folds K, or 0 when every trial tells its folds, or its score, at once
 */
record SpaceDocument(
    SearchSpace space, Direction direction, Searcher searcher, long seed, int folds) {

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException naming every problem, each with its JSON pointer
   */
  static SpaceDocument read(JsonNode document) {
    List<String> problems = new ArrayList<>();
    List<Parameter> parameters = new ArrayList<>();
    JsonNode ranges = document.path("ParameterRanges");
    if (!ranges.isObject()) {
      problems.add("/ParameterRanges: the tuned parameters' ranges belong here");
    }
    each(
        ranges,
        "ContinuousParameterRanges",
        problems,
        range ->
            parameters.add(
                new Parameter.Continuous(
                    text(range, "Name"),
                    decimal(range, "MinValue"),
                    decimal(range, "MaxValue"),
                    Scaling.named(range.path("ScalingType").asText("Auto")))));
    each(
        ranges,
        "IntegerParameterRanges",
        problems,
        range ->
            parameters.add(
                new Parameter.Integral(
                    text(range, "Name"),
                    whole(range, "MinValue"),
                    whole(range, "MaxValue"),
                    Scaling.named(range.path("ScalingType").asText("Auto")))));
    each(
        ranges,
        "CategoricalParameterRanges",
        problems,
        range -> {
          List<String> values = new ArrayList<>();
          range.path("Values").forEach(value -> values.add(value.asText()));
          return parameters.add(new Parameter.Categorical(text(range, "Name"), values));
        });
    SearchSpace space = attempt("/ParameterRanges", problems, () -> SearchSpace.of(parameters));
    Direction direction =
        attempt(
            "/HyperParameterTuningJobObjective/Type",
            problems,
            () ->
                Direction.named(
                    document.path("HyperParameterTuningJobObjective").path("Type").asText()));
    Searcher searcher =
        attempt(
            "/Strategy",
            problems,
            () -> Searchers.named(document.path("Strategy").asText("Bayesian")));
    int folds = document.path("CrossValidation").path("Folds").asInt(0);
    if (folds < 0) {
      problems.add("/CrossValidation/Folds: at least 1, not " + folds);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new SpaceDocument(
        space, direction, searcher, document.path("RandomSeed").asLong(0), folds);
  }

  private static void each(
      JsonNode ranges, String kind, List<String> problems, Function<JsonNode, Boolean> add) {
    int i = 0;
    for (JsonNode range : ranges.path(kind)) {
      attempt("/ParameterRanges/" + kind + "/" + i++, problems, () -> add.apply(range));
    }
  }

  private static <T> T attempt(
      String pointer, List<String> problems, java.util.function.Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException problem) {
      problems.add(pointer + ": " + problem.getMessage());
      return null;
    }
  }

  private static String text(JsonNode range, String field) {
    if (!range.path(field).isValueNode()) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return range.path(field).asText();
  }

  private static double decimal(JsonNode range, String field) {
    String text = text(range, field);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(field + " is not a number: " + text, notANumber);
    }
  }

  private static long whole(JsonNode range, String field) {
    String text = text(range, field);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(field + " is not an integer: " + text, notANumber);
    }
  }
}
