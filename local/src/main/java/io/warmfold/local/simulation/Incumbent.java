package io.warmfold.local.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trial that was the best one for a while: it has all its folds.
 *
 * @param seconds from the start of the study to the end of its last fold
 * @param billedSeconds instance seconds that had been billed by then
 * @param hyperParameters the tuned ones
 */
public record Incumbent(
    double seconds,
    double billedSeconds,
    int trial,
    double cvScore,
    SortedMap<String, String> hyperParameters) {

  public Incumbent {
    hyperParameters = new TreeMap<>(hyperParameters);
  }

  private record Completed(Trial trial, double seconds, double score) {}

  /**
   * The incumbents of a study in the order of time.
   *
   * @param begun the start of the study, in which the meter's seconds begin
   */
  public static List<Incumbent> of(StudySnapshot snapshot, Instant begun, Meter meter) {
    int folds = snapshot.document().folds();
    List<Completed> completed = new ArrayList<>();
    for (Trial trial : snapshot.trials()) {
      if (trial.complete(folds)) {
        Instant last =
            trial.outcomes().values().stream()
                .map(FoldOutcome::endedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        completed.add(
            new Completed(
                trial,
                Duration.between(begun, last).toMillis() / 1000.0,
                trial.cvScore(folds).orElseThrow()));
      }
    }
    completed.sort(
        Comparator.comparingDouble(Completed::seconds)
            .thenComparingInt(one -> one.trial().number()));
    List<Incumbent> incumbents = new ArrayList<>();
    for (Completed one : completed) {
      if (incumbents.isEmpty()
          || snapshot.document().direction().better(one.score(), incumbents.getLast().cvScore())) {
        incumbents.add(
            new Incumbent(
                one.seconds(),
                meter.at(one.seconds()).total(),
                one.trial().number(),
                one.score(),
                new TreeMap<>(one.trial().hyperParameters())));
      }
    }
    return incumbents;
  }

  /** The member {@code Trajectory} of the result document. */
  public static ArrayNode toJson(List<Incumbent> incumbents) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Incumbent incumbent : incumbents) {
      ObjectNode node = array.addObject();
      node.put("Seconds", Figures.rounded(incumbent.seconds()));
      node.put("BilledSeconds", Figures.rounded(incumbent.billedSeconds()));
      node.put("Trial", incumbent.trial());
      node.put("CvScore", incumbent.cvScore());
      ObjectNode values = node.putObject("HyperParameters");
      incumbent.hyperParameters().forEach(values::put);
    }
    return array;
  }
}
