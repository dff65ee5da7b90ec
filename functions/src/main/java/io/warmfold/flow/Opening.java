package io.warmfold.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.InstanceQuotas;
import io.warmfold.ledger.Capacity;
import io.warmfold.ledger.StudyRow;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.search.History;
import io.warmfold.study.FixInputException;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.TryAgainException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Opens a study, or takes an interrupted one up where it stopped. */
public final class Opening {

  /** Turns of one lane: some 15 events each, so a history stays well below 25,000. */
  public static final int TURNS = 1_000;

  // A Map's items have to fit into its state's 256 KiB.
  private static final int MAX_LANES = 10_000;

  private final Parts parts;
  private final RandomGenerator random;
  private final InstanceQuotas quotas;

  /**
   * @param random mints the keys of studies
   * @param quotas the account's, which slots are fitted to
   */
  public Opening(Parts parts, RandomGenerator random, InstanceQuotas quotas) {
    this.parts = parts;
    this.random = random;
    this.quotas = quotas;
  }

  /**
   * Checks the document and gives the study to this execution.
   *
   * @throws FixInputException with all problems of the document, if another execution runs the
   *     study, or if a quota does not allow a single job
   * @throws TryAgainException if the name changed hands at this moment
   */
  public ObjectNode open(JsonNode json, String execution) {
    var document = StudyDocument.require(json);
    var newest = parts.ledger().newest(document.studyName()).flatMap(parts.ledger()::find);
    var row = newest.filter(known -> isOurs(known, document, execution));
    if (row.isPresent()) {
      return answer(document, row.get().key(), row.get().slots(document));
    }
    newest.ifPresent(this::requireIdle);
    var resumed = newest.filter(known -> resumable(known, document));
    // A study that goes on learns from its parents as they were when it was first opened.
    var parents =
        resumed.isPresent() ? List.<History.Parent>of() : new WarmStart(parts).parents(document);
    var type = document.training().resourceConfig().instanceType();
    var capacity = Fitting.fit(document, quotas.of(type));
    var key =
        resumed.isPresent()
            ? resume(resumed.get(), document, execution, capacity)
            : mint(document, execution, newest.map(StudyRow::key), capacity, parents);
    capacity.notes().forEach(note -> parts.log().with("study", key).warn(note));
    return answer(document, key, capacity.slots());
  }

  /** Whether this execution opened the study already and only asks again. */
  private static boolean isOurs(StudyRow known, StudyDocument document, String execution) {
    return known.openFor(execution) && known.documentHash().equals(document.contentHash());
  }

  private void requireIdle(StudyRow known) {
    if (known.outcome().isEmpty() && parts.stepFunctions().running(known.owner())) {
      if (known.closing().isPresent()) {
        throw new TryAgainException("Study " + known.studyName() + " is just being closed.");
      }
      throw new FixInputException(
          "Study "
              + known.studyName()
              + " is being run by execution "
              + known.owner()
              + ". Give this one another StudyName, or wait for that one to end.");
    }
  }

  private static boolean resumable(StudyRow known, StudyDocument document) {
    return known.outcome().filter(StudyOutcome.SUCCEEDED::equals).isEmpty()
        && known.documentHash().equals(document.contentHash());
  }

  private String resume(
      StudyRow known, StudyDocument document, String execution, Capacity capacity) {
    var trials = parts.ledger().trials().all(known.key());
    var failed = (int) trials.stream().filter(trial -> trial.failure().isPresent()).count();
    if (!parts.ledger().studies().takeOver(known, execution, failed, capacity)) {
      throw new TryAgainException("Study " + known.studyName() + " is changing hands.");
    }
    var done = trials.stream().filter(trial -> trial.complete(document.folds())).count();
    parts.log().with("study", known.key()).info("resumed with " + done + " complete trials");
    return known.key();
  }

  private String mint(
      StudyDocument document,
      String execution,
      Optional<String> replacing,
      Capacity capacity,
      List<History.Parent> parents) {
    var key = HexFormat.of().toHexDigits(random.nextInt());
    parts.ledger().parents().write(key, parents);
    var now = parts.clock().instant();
    var row =
        new StudyRow(
            key,
            document.studyName(),
            document.contentHash(),
            execution,
            now,
            now,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(capacity),
            Optional.empty(),
            Optional.empty());
    if (!parts.ledger().studies().open(row, document, replacing)) {
      throw new TryAgainException("Study " + document.studyName() + " was just opened by another.");
    }
    parts.log().with("study", key).info("opened " + document.studyName());
    return key;
  }

  private ObjectNode answer(StudyDocument document, String key, int allowed) {
    var split = parts.ledger().shards(key).isEmpty();
    return JsonNodeFactory.instance
        .objectNode()
        .put("Key", key)
        .put("StudyName", document.studyName())
        .put("Prepare", split && document.preparation().isPresent())
        .put("Split", split)
        .put("Transform", document.batchTransform().isPresent())
        .put("Slots", atOnce(document, allowed))
        .put("Lanes", lanes(document, allowed))
        .put("Turns", TURNS)
        .put("FoldTimeout", Timeouts.training(document).toSeconds())
        .put("FinalTimeout", Timeouts.training(document).toSeconds())
        .put("PrepareTimeout", Timeouts.preparation(document).toSeconds())
        .put("TransformTimeout", Timeouts.TRANSFORM.toSeconds());
  }

  /** How many lanes of a round run at once. */
  static int atOnce(StudyDocument document, int allowed) {
    return (int) Math.min(allowed, folds(document));
  }

  /** How many lanes a round has: one that ends is followed by another, until there are no more. */
  static int lanes(StudyDocument document, int allowed) {
    int slots = atOnce(document, allowed);
    // A fold takes two turns when its lane has to look for its pool a second time.
    long shifts = Math.ceilDiv(2 * folds(document), (long) slots * TURNS * 9 / 10);
    return (int) Math.min(slots * shifts, MAX_LANES);
  }

  private static long folds(StudyDocument document) {
    return (long) document.maxTrials() * document.folds();
  }
}
