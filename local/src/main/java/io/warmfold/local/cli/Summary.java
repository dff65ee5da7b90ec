package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.report.StudyFacts;
import io.warmfold.report.Verdict;
import io.warmfold.report.Words;
import io.warmfold.study.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A study's result for people. Pure but for the look whether a file exists. */
final class Summary {

  private Summary() {}

  /**
   * The lines of a summary.
   *
   * @param result the result document
   * @param file the local file of an S3 URI
   */
  static List<String> lines(StudyFacts facts, JsonNode result, Function<String, Path> file) {
    List<String> lines = new ArrayList<>();
    lines.add(Verdict.status(facts));
    JsonNode best = result.path("Best");
    if (!best.isMissingNode()) {
      lines.add("");
      lines.add(
          "Best of "
              + Words.count(result.at("/Trials/Total").asLong(), "trial")
              + ": trial "
              + best.path("Trial").asInt());
      if (best.has("CvScore")) {
        JsonNode error = best.path("StandardError");
        lines.add(
            "  "
                + result.at("/Objective/MetricName").asText()
                + " = "
                + Words.score(
                    best.path("CvScore").asDouble(),
                    error.isNumber() ? OptionalDouble.of(error.asDouble()) : OptionalDouble.empty())
                + " over "
                + Words.count(best.path("FoldScores").size(), "fold"));
      }
      best.path("HyperParameters")
          .properties()
          .forEach(entry -> lines.add("  " + entry.getKey() + " = " + entry.getValue().asText()));
    }
    List<String> places = new ArrayList<>();
    place(places, "Report", result.path("Report"), file);
    place(places, "Trials", result.path("TrialsCsv"), file);
    place(places, "Model", result.at("/Model/ModelArtifacts"), file);
    text(places, "Registered", result.at("/Model/ModelPackageArn"));
    place(places, "Predictions", result.at("/Transform/Output"), file);
    if (!places.isEmpty()) {
      lines.add("");
      lines.addAll(places);
    }
    for (JsonNode warning : result.path("Warnings")) {
      lines.add("Note: " + warning.asText());
    }
    return lines.stream().map(Summary::printable).toList();
  }

  private static void place(
      List<String> lines, String what, JsonNode uri, Function<String, Path> file) {
    if (uri.isTextual()) {
      Path local = file.apply(uri.asText());
      boolean here = local != null && Files.exists(local);
      lines.add(entry(what, here ? local.toString() : uri.asText()));
    }
  }

  private static void text(List<String> lines, String what, JsonNode text) {
    if (text.isTextual()) {
      lines.add(entry(what, text.asText()));
    }
  }

  private static String entry(String what, String value) {
    return String.format(java.util.Locale.ROOT, "%-12s %s", what, value);
  }

  /** The tuned hyperparameters in one line, long decimals shortened. */
  static String parameters(Trial trial) {
    return trial.hyperParameters().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + brief(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String brief(String value) {
    return value.length() > 8 && value.matches("-?\\d*\\.\\d+(?:[eE]-?\\d+)?")
        ? Words.score(Double.parseDouble(value))
        : Words.shortened(value.replace('\n', ' '), 40);
  }

  /** Without what a terminal would take for a command. */
  static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) && c != '\n' ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
