package io.warmfold.ledger;

import static io.warmfold.ledger.Json.number;
import static io.warmfold.ledger.Json.text;
import static io.warmfold.ledger.Json.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Between the decisions of a race and a trial's row, which holds them by their number from 1. */
final class Decisions {

  private Decisions() {}

  static ObjectNode item(RaceDecision decision) {
    var item =
        Json.object()
            .put("Verdict", decision.verdict().name())
            .put("At", decision.at().toEpochMilli())
            .put("Of", decision.of())
            .put("Incumbent", decision.incumbent())
            .put("Degrees", decision.degrees());
    // As text, because DynamoDB's numbers have a smaller range than a double.
    item.put("Difference", Double.toString(decision.difference()))
        .put("Variance", Double.toString(decision.variance()))
        .put("Chance", Double.toString(decision.chance()))
        .put("Alpha", Double.toString(decision.alpha()));
    decision.prior().ifPresent(prior -> item.put("Prior", Double.toString(prior)));
    var folds = item.putArray("Folds");
    decision.folds().forEach(folds::add);
    return item.put("Like", LikeTrials.text(decision.like()));
  }

  /**
   * In the order in which they were made.
   *
   * @param known the first ones, which are not worked out again
   */
  static List<RaceDecision> of(JsonNode trial, List<RaceDecision> known) {
    var decisions = new ArrayList<>(known);
    var items = trial.path("Decisions");
    for (int n = known.size() + 1; items.has(Integer.toString(n)); n++) {
      decisions.add(decision(items.get(Integer.toString(n))));
    }
    return decisions;
  }

  private static RaceDecision decision(JsonNode item) {
    var folds = new ArrayList<Integer>();
    item.path("Folds").forEach(fold -> folds.add(fold.intValue()));
    return new RaceDecision(
        Verdict.valueOf(text(item, "Verdict")),
        time(item, "At"),
        folds,
        (int) number(item, "Of", 0),
        (int) number(item, "Incumbent", -1),
        real(item, "Difference"),
        LikeTrials.of(item.path("Like")),
        Json.maybeText(item, "Prior")
            .map(prior -> OptionalDouble.of(Double.parseDouble(prior)))
            .orElseGet(OptionalDouble::empty),
        real(item, "Variance"),
        (int) number(item, "Degrees", 0),
        real(item, "Chance"),
        real(item, "Alpha"));
  }

  private static double real(JsonNode item, String field) {
    return Double.parseDouble(text(item, field));
  }

  /** Which trials a row of resumed ones names, and when each was resumed last. */
  static Map<Integer, Instant> resumed(Optional<? extends JsonNode> item) {
    var resumed = new TreeMap<Integer, Instant>();
    item.ifPresent(
        row ->
            row.properties()
                .forEach(
                    field ->
                        resumed.put(Integer.valueOf(field.getKey()), time(row, field.getKey()))));
    return resumed;
  }
}
