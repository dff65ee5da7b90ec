package io.warmfold.ledger;

import static io.warmfold.ledger.Json.text;
import static io.warmfold.ledger.Json.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.ledger.Table.Condition;
import io.warmfold.ledger.Table.Write;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.NotOwnerException;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happened to studies. Every read is strongly consistent, every write is conditional on the
 * facts that it was decided on. Thread-safe.
 *
 * <p>All methods throw {@link io.warmfold.study.TryAgainException} when the table is busy.
 */
public final class Ledger {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Table table;
  private final InstantSource clock;
  private final Trials trials;
  private final Jobs jobs;
  private final Stocks stocks;
  private final Parents parents;
  // A document never changes, so a function that stays warm reads it once.
  private final Map<String, StudyDocument> documents = new ConcurrentHashMap<>();

  public Ledger(Table table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
    this.trials = new Trials(table);
    this.jobs = new Jobs(table);
    this.stocks = new Stocks(table);
    this.parents = new Parents(table);
  }

  /** The trials' side of the ledger. */
  public Trials trials() {
    return trials;
  }

  /** The jobs' side of the ledger. */
  public Jobs jobs() {
    return jobs;
  }

  /** The stocks of suggestions. */
  public Stocks stocks() {
    return stocks;
  }

  /** What studies learn from earlier ones. */
  public Parents parents() {
    return parents;
  }

  /** The key of the newest study of a name. */
  public Optional<String> newest(String studyName) {
    return table.get(Keys.name(studyName)).map(item -> text(item, "Key"));
  }

  /** What is known of a study. */
  public Optional<StudyRow> find(String study) {
    return table.get(Keys.study(study)).map(Rows::study);
  }

  /**
   * The study, if this execution may start jobs for it.
   *
   * @throws NotOwnerException if it is closing, closed, or another execution's
   * @throws GiveUpException if there is no such study
   */
  public StudyRow requireOpen(String study, String execution) {
    return requireOpen(table.get(Keys.study(study)), study, execution);
  }

  /**
   * What a lane's turn starts from.
   *
   * @param claimed what the claimant has claimed before
   */
  public record TurnFacts(StudyRow study, Optional<Trials.Claimed> claimed) {}

  /** What a lane's turn starts from, in one request; fails as {@link #requireOpen} does. */
  public TurnFacts turn(String study, String execution, String claimant) {
    var items = table.getAll(List.of(Keys.study(study), Keys.claim(study, claimant)));
    return new TurnFacts(
        requireOpen(items.getFirst(), study, execution), items.getLast().map(Rows::claimed));
  }

  /**
   * What the start of a fold's job starts from.
   *
   * @param job the row of that name
   */
  public record FoldFacts(StudyRow study, Optional<JobRow> job, Optional<Trial> trial) {}

  /** What the start of a fold's job starts from, in one request; fails as {@link #requireOpen}. */
  public FoldFacts fold(String study, String execution, String job, int trial) {
    var items =
        table.getAll(List.of(Keys.study(study), Keys.job(study, job), Keys.trial(study, trial)));
    return new FoldFacts(
        requireOpen(items.getFirst(), study, execution),
        items.get(1).map(Rows::job),
        items.get(2).map(Rows::trial));
  }

  private static StudyRow requireOpen(Optional<ObjectNode> found, String study, String execution) {
    var row =
        found
            .map(Rows::study)
            .orElseThrow(() -> new GiveUpException("The ledger has no study " + study + "."));
    if (!row.openFor(execution)) {
      throw new NotOwnerException(
          row.open()
              ? "Study " + row.studyName() + " now belongs to execution " + row.owner() + "."
              : "Study "
                  + row.studyName()
                  + " is closed ("
                  + row.outcome().map(StudyOutcome::label).or(row::closing).orElse("closing")
                  + "). Start a new execution with the same document to go on with it.");
    }
    return row;
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

  /** The study's document. */
  public StudyDocument document(String study) {
    return documents.computeIfAbsent(
        study,
        key -> {
          var item =
              table
                  .get(Keys.document(key))
                  .orElseThrow(
                      () ->
                          new GiveUpException("The ledger has no document of study " + key + "."));
          return StudyDocument.require(json(text(item, "Document")));
        });
  }

  /** Writes what is sealed of the shards: their rows, classes and hashes. */
  public void seal(String study, JsonNode shards) {
    table.write(
        List.of(
            new Write.Put(
                Keys.shards(study), Json.object().put("Seal", shards.toString()), List.of())));
  }

  /** What was sealed of the shards; absent before the split. */
  public Optional<JsonNode> shards(String study) {
    return table.get(Keys.shards(study)).map(item -> json(text(item, "Seal")));
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

  /** The studies that may own jobs or pools; one opened a moment ago may be missing. */
  public List<StudyRow> active() {
    return table.active().stream()
        .map(item -> find(text(item, "Key")))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Everything that is known of a study. */
  public StudySnapshot snapshot(StudyRow row) {
    return new StudySnapshot(
        row,
        document(row.key()),
        shards(row.key()),
        trials.all(row.key()),
        jobs.all(row.key()),
        clock.instant());
  }

  private boolean change(String study, Map<String, JsonNode> facts, Condition... conditions) {
    return table.write(
        List.of(new Write.Update(Keys.study(study), facts, Set.of(), List.of(conditions))));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the ledger holds broken JSON", broken);
    }
  }
}
