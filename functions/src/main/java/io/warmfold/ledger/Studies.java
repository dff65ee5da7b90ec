package io.warmfold.ledger;

import static io.warmfold.ledger.Json.time;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.ledger.Table.Condition;
import io.warmfold.ledger.Table.Write;
import io.warmfold.study.StudyDocument;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of studies: whose they are, what they came to, and how they ended. Every write is
 * conditional on the facts that it was decided on. Thread-safe.
 */
public final class Studies {

  private final Table table;
  private final InstantSource clock;

  Studies(Table table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * Opens a new study.
   *
   * @param replacing the key that the name has now; the name must still have it
   * @return false if somebody else was faster
   */
  public boolean open(StudyRow row, StudyDocument document, Optional<String> replacing) {
    var unchanged =
        replacing
            .<Condition>map(key -> new Condition.Equal("Key", Json.text(key)))
            .orElseGet(Condition.NoItem::new);
    return table.write(
        List.of(
            new Write.Put(
                Keys.name(row.studyName()),
                Json.object().put("Key", row.key()),
                List.of(unchanged)),
            new Write.Put(
                Keys.document(row.key()),
                Json.object()
                    .put("Document", document.toJson().toString())
                    .put("Sha256", row.documentHash()),
                List.of(new Condition.NoItem())),
            new Write.Put(
                Keys.study(row.key()), Rows.study(row), List.of(new Condition.NoItem()))));
  }

  /**
   * Hands an interrupted study to a new execution.
   *
   * @param forgiven failed trials that no longer count
   * @param capacity what the quotas allow now
   * @return false if it has changed hands or state since {@code seen}
   */
  public boolean takeOver(StudyRow seen, String execution, int forgiven, Capacity capacity) {
    return table.write(
        List.of(
            new Write.Update(
                Keys.study(seen.key()),
                Map.of(
                    "Owner", Json.text(execution),
                    "OwnedSince", time(clock.instant()),
                    "Forgiven", Json.number(forgiven),
                    "Capacity", Rows.capacity(capacity),
                    "Active", Json.text("1")),
                Set.of("Closing", "Outcome", "ClosedAt", "Error", "Cause", "Fatal"),
                List.of(
                    new Condition.Equal("Owner", Json.text(seen.owner())),
                    new Condition.Equal("OwnedSince", time(seen.ownedSince()))))));
  }

  /**
   * Says that no job may be started for the study any more.
   *
   * @param owner the execution whose study it is taken to be
   * @return false if it belongs to another execution; true also when it was closing before
   */
  public boolean startClosing(String study, String owner, String reason) {
    return change(
        study,
        Map.of("Closing", Json.text(reason)),
        new Condition.Equal("Owner", Json.text(owner)));
  }

  /** Closes the study, if it still is this execution's; the first outcome stays. */
  public void close(
      String study,
      String owner,
      StudyOutcome outcome,
      Optional<String> error,
      Optional<String> cause) {
    var facts = new HashMap<String, JsonNode>();
    facts.put("Outcome", Json.text(outcome.label()));
    facts.put("Closing", Json.text(outcome.label()));
    facts.put("ClosedAt", time(clock.instant()));
    error.ifPresent(value -> facts.put("Error", Json.text(value)));
    cause.ifPresent(value -> facts.put("Cause", Json.text(value)));
    change(
        study,
        facts,
        new Condition.Absent("Outcome"),
        new Condition.Equal("Owner", Json.text(owner)));
  }

  /** Takes a closed study that owns nothing any more off the list of active ones. */
  public void retire(String study) {
    table.write(
        List.of(
            new Write.Update(
                Keys.study(study),
                Map.of(),
                Set.of("Active"),
                List.of(new Condition.Present("Outcome")))));
  }

  /** Writes why the study cannot succeed; the first reason stays. */
  public void fatal(String study, String reason) {
    change(study, Map.of("Fatal", Json.text(reason)), new Condition.Absent("Fatal"));
  }

  /** Writes why no improvement is expected any more; the first reason stays. */
  public void converged(String study, String reason) {
    change(study, Map.of("Converged", Json.text(reason)), new Condition.Absent("Converged"));
  }

  /**
   * Writes which trial was selected.
   *
   * @param endedBy the criterion that ended tuning
   */
  public void select(String study, int trial, String endedBy) {
    change(
        study,
        Map.of("Best", Json.number(trial), "EndedBy", Json.text(endedBy)),
        new Condition.Item());
  }

  /** Writes the version under which the model was registered. */
  public void registered(String study, String modelPackageArn) {
    change(study, Map.of("ModelPackageArn", Json.text(modelPackageArn)), new Condition.Item());
  }

  private boolean change(String study, Map<String, JsonNode> facts, Condition... conditions) {
    return table.write(
        List.of(new Write.Update(Keys.study(study), facts, Set.of(), List.of(conditions))));
  }
}
