package io.warmfold.ledger;

import static io.warmfold.ledger.Json.maybeInt;
import static io.warmfold.ledger.Json.maybeText;
import static io.warmfold.ledger.Json.maybeTime;
import static io.warmfold.ledger.Json.number;
import static io.warmfold.ledger.Json.text;
import static io.warmfold.ledger.Json.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.study.FoldClaim;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Between items and records. Attributes that an older release did not write read as absent. */
final class Rows {

  private static final String LOST = "Lost";

  private Rows() {}

  static ObjectNode study(StudyRow row) {
    var item =
        Json.object()
            .put("Key", row.key())
            .put("StudyName", row.studyName())
            .put("Sha256", row.documentHash())
            .put("Owner", row.owner())
            .put("OwnedSince", row.ownedSince().toEpochMilli())
            .put("CreatedAt", row.createdAt().toEpochMilli())
            .put("Forgiven", row.forgiven())
            .put("Active", "1");
    row.closing().ifPresent(value -> item.put("Closing", value));
    row.outcome().ifPresent(value -> item.put("Outcome", value.label()));
    row.capacity().ifPresent(value -> item.set("Capacity", capacity(value)));
    return item;
  }

  static StudyRow study(JsonNode item) {
    return new StudyRow(
        text(item, "Key"),
        text(item, "StudyName"),
        text(item, "Sha256"),
        text(item, "Owner"),
        time(item, "OwnedSince"),
        time(item, "CreatedAt"),
        maybeText(item, "Closing"),
        maybeText(item, "Outcome").map(Rows::outcome),
        maybeTime(item, "ClosedAt"),
        maybeText(item, "Error"),
        maybeText(item, "Cause"),
        (int) number(item, "Forgiven", 0),
        maybeText(item, "Fatal"),
        maybeInt(item, "Best"),
        maybeText(item, "ModelPackageArn"),
        Optional.of(item.path("Capacity")).filter(JsonNode::isObject).map(Rows::capacity),
        maybeText(item, "Converged"),
        maybeText(item, "EndedBy"));
  }

  static ObjectNode capacity(Capacity capacity) {
    var item = Json.object().put("Slots", capacity.slots()).put("WarmSlots", capacity.warmSlots());
    var notes = item.putArray("Notes");
    capacity.notes().forEach(notes::add);
    return item;
  }

  private static Capacity capacity(JsonNode item) {
    var notes = new ArrayList<String>();
    item.path("Notes").forEach(note -> notes.add(note.textValue()));
    return new Capacity((int) number(item, "Slots", 1), (int) number(item, "WarmSlots", 0), notes);
  }

  private static StudyRow.StudyOutcome outcome(String label) {
    for (var outcome : StudyRow.StudyOutcome.values()) {
      if (outcome.label().equals(label)) {
        return outcome;
      }
    }
    throw new IllegalStateException("the ledger has an outcome that nobody knows: " + label);
  }

  static ObjectNode trial(Trial trial) {
    var item =
        Json.object()
            .put("Trial", trial.number())
            .put("Origin", trial.origin())
            .put("CreatedAt", trial.createdAt().toEpochMilli());
    var values = item.putObject("HyperParameters");
    trial.hyperParameters().forEach(values::put);
    var running = item.putObject("Running");
    trial.claims().forEach((fold, claim) -> running.set(fold.toString(), claim(claim)));
    item.putObject("Folds");
    return item;
  }

  static Trials.Claimed claimed(JsonNode item) {
    return new Trials.Claimed((int) number(item, "Trial", -1), (int) number(item, "Fold", -1));
  }

  static ObjectNode claim(FoldClaim claim) {
    return Json.object()
        .put("Claim", claim.claimant())
        .put("Lease", claim.leaseUntil().toEpochMilli());
  }

  static ObjectNode outcome(FoldOutcome outcome) {
    var item =
        Json.object().put("Job", outcome.job()).put("EndedAt", outcome.endedAt().toEpochMilli());
    return switch (outcome) {
      case FoldOutcome.Scored scored ->
          // As text, because a score may be of any magnitude and DynamoDB's numbers may not.
          item.put("Score", Double.toString(scored.score()))
              .put("Seconds", scored.seconds())
              .put("Billable", scored.billable());
      case FoldOutcome.Failed failed ->
          item.put("Failed", failed.reason())
              .put("Seconds", failed.seconds())
              .put("Billable", failed.billable());
    };
  }

  static Trial trial(JsonNode item) {
    return trial(item, List.of());
  }

  /**
   * A trial whose row was read before.
   *
   * @param decisions the first ones of the row, which never change
   */
  static Trial trial(JsonNode item, List<RaceDecision> decisions) {
    var claims = new TreeMap<Integer, FoldClaim>();
    for (var claim : item.path("Running").properties()) {
      claims.put(
          Integer.valueOf(claim.getKey()),
          new FoldClaim(text(claim.getValue(), "Claim"), time(claim.getValue(), "Lease")));
    }
    var outcomes = new TreeMap<Integer, FoldOutcome>();
    for (var fold : item.path("Folds").properties()) {
      outcomes.put(Integer.valueOf(fold.getKey()), outcome(fold.getValue()));
    }
    return new Trial(
        (int) number(item, "Trial", -1),
        values(item.path("HyperParameters")),
        text(item, "Origin"),
        time(item, "CreatedAt"),
        claims,
        outcomes,
        maybeText(item, "StoppedByRace"),
        Decisions.of(item, decisions),
        lost(item));
  }

  /** Where a trial's row keeps what a job cost that brought no outcome: one attribute for each. */
  static String lost(JobRow job) {
    return LOST + job.fold().orElseThrow() + "-" + job.attempt();
  }

  private static long lost(JsonNode item) {
    return item.properties().stream()
        .filter(field -> field.getKey().startsWith(LOST))
        .mapToLong(field -> field.getValue().longValue())
        .sum();
  }

  private static FoldOutcome outcome(JsonNode fold) {
    var failed = maybeText(fold, "Failed");
    return failed.isPresent()
        ? new FoldOutcome.Failed(
            text(fold, "Job"),
            failed.get(),
            time(fold, "EndedAt"),
            number(fold, "Seconds", 0),
            number(fold, "Billable", 0))
        : new FoldOutcome.Scored(
            text(fold, "Job"),
            Double.parseDouble(text(fold, "Score")),
            time(fold, "EndedAt"),
            number(fold, "Seconds", 0),
            number(fold, "Billable", 0));
  }

  static ObjectNode stock(Stock stock) {
    var item =
        Json.object()
            .put("Filling", stock.filling())
            .put("Seen", stock.seen())
            .put("Exhausted", stock.exhausted())
            .put("Calm", stock.calm());
    stock
        .filler()
        .ifPresent(
            filler -> item.put("Filler", filler).put("Lease", stock.leaseUntil().toEpochMilli()));
    var suggestions = item.putObject("Suggestions");
    stock
        .entries()
        .forEach(
            (trial, entry) -> {
              var suggestion =
                  suggestions.putObject(trial.toString()).put("Origin", entry.origin());
              var values = suggestion.putObject("HyperParameters");
              entry.hyperParameters().forEach(values::put);
            });
    return item;
  }

  static Stock stock(JsonNode item) {
    var suggestions = new TreeMap<Integer, Stock.Entry>();
    for (var suggestion : item.path("Suggestions").properties()) {
      suggestions.put(
          Integer.valueOf(suggestion.getKey()),
          new Stock.Entry(
              values(suggestion.getValue().path("HyperParameters")),
              text(suggestion.getValue(), "Origin")));
    }
    return new Stock(
        (int) number(item, "Filling", 0),
        suggestions,
        (int) number(item, "Seen", 0),
        item.path("Exhausted").booleanValue(),
        (int) number(item, "Calm", 0),
        maybeText(item, "Filler"),
        maybeTime(item, "Lease").orElse(Instant.EPOCH));
  }

  private static SortedMap<String, String> values(JsonNode item) {
    var values = new TreeMap<String, String>();
    for (var value : item.properties()) {
      values.put(value.getKey(), value.getValue().textValue());
    }
    return values;
  }

  static ObjectNode job(JobRow row) {
    var item =
        Json.object()
            .put("Name", row.name())
            .put("Kind", row.kind().label())
            .put("Attempt", row.attempt())
            .put("Token", row.token())
            .put("Lease", row.leaseUntil().toEpochMilli())
            .put("CreatedAt", row.createdAt().toEpochMilli());
    row.trial().ifPresent(value -> item.put("Trial", value));
    row.fold().ifPresent(value -> item.put("Fold", value));
    return item;
  }

  static JobRow job(JsonNode item) {
    return new JobRow(
        text(item, "Name"),
        JobKind.of(text(item, "Kind")),
        maybeInt(item, "Trial"),
        maybeInt(item, "Fold"),
        (int) number(item, "Attempt", 1),
        text(item, "Token"),
        time(item, "Lease"),
        time(item, "CreatedAt"),
        maybeTime(item, "StartedAt"),
        maybeTime(item, "EndedAt"),
        number(item, "Billable", 0),
        number(item, "Retained", 0),
        maybeText(item, "Outcome").map(JobOutcome::valueOf),
        maybeText(item, "FailureReason"),
        maybeTime(item, "MetricPending"),
        maybeText(item, "StopWanted"),
        maybeText(item, "Released"),
        maybeText(item, "Artifacts"),
        JobRow.Pool.valueOf(maybeText(item, "Pool").orElse("OWED")),
        item.path("WarmStart").booleanValue());
  }
}
