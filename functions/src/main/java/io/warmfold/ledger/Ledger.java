package io.warmfold.ledger;

import static io.warmfold.ledger.Json.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.ledger.Table.Write;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.NotOwnerException;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Studies studies;
  private final Trials trials;
  private final Jobs jobs;
  private final Stocks stocks;
  private final Parents parents;
  private final Rounds rounds;
  // A document never changes, so a function that stays warm reads it once.
  private final Map<String, StudyDocument> documents = new ConcurrentHashMap<>();

  public Ledger(Table table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
    this.studies = new Studies(table, clock);
    this.trials = new Trials(table);
    this.jobs = new Jobs(table);
    this.stocks = new Stocks(table);
    this.parents = new Parents(table);
    this.rounds = new Rounds(table);
  }

  /** What is written of studies themselves. */
  public Studies studies() {
    return studies;
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

  /** Which lanes have left. */
  public Rounds rounds() {
    return rounds;
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

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the ledger holds broken JSON", broken);
    }
  }
}
