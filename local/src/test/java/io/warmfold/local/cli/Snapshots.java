package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudyRow;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Snapshots of a study of 4 trials with 3 folds on 2 slots, 10 seconds a fold. */
final class Snapshots {

  static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");
  static final Path DOCUMENT = Path.of("src/test/resources/io/warmfold/local/cli/study.json");

  private Snapshots() {}

  static JsonNode json() {
    try {
      return new ObjectMapper().readTree(Files.readString(DOCUMENT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static StudyDocument document() {
    return StudyDocument.require(json());
  }

  /** After so many folds, with two more in flight if there are any; fold 0 of trial 2 fails. */
  static StudySnapshot after(int folds, String owner, Optional<StudyRow.StudyOutcome> outcome) {
    return after(folds, owner, outcome, document());
  }

  /** The same of a changed document. */
  static StudySnapshot after(
      int folds, String owner, Optional<StudyRow.StudyOutcome> outcome, StudyDocument document) {
    List<JobRow> jobs = new ArrayList<>();
    Map<Integer, TreeMap<Integer, FoldOutcome>> outcomes = new TreeMap<>();
    int order = 0;
    for (int number = 0; number < 4; number++) {
      for (int fold = 0; fold < (number == 2 ? 1 : 3); fold++, order++) {
        boolean ended = order < folds;
        boolean flying = !ended && order < folds + 2 && outcome.isEmpty();
        if (!ended && !flying) {
          continue;
        }
        Instant start = BEGUN.plusSeconds(10L * (order / 2));
        String name = "warmfold-quick-0a1b2c3d-t%04d-f%d-a1".formatted(number, fold);
        boolean fails = number == 2;
        jobs.add(job(name, number, fold, start, ended, fails));
        outcomes.computeIfAbsent(number, n -> new TreeMap<>());
        if (ended) {
          outcomes
              .get(number)
              .put(
                  fold,
                  fails
                      ? new FoldOutcome.Failed(name, "bad \u001b[31mbooster", start.plusSeconds(10))
                      : new FoldOutcome.Scored(
                          name, 1.0 - 0.1 * number + 0.01 * fold, start.plusSeconds(10), 10, 8));
        }
      }
    }
    List<Trial> trials = new ArrayList<>();
    outcomes.forEach(
        (number, ends) ->
            trials.add(
                new Trial(
                    number,
                    new TreeMap<>(Map.of("eta", "0.12345678901", "max_depth", "6")),
                    "Random",
                    BEGUN,
                    new TreeMap<>(),
                    ends,
                    Optional.empty())));
    Instant now = BEGUN.plusSeconds(10L * ((folds + 1) / 2) + 4);
    return new StudySnapshot(
        new StudyRow(
            "0a1b2c3d",
            document.studyName(),
            document.contentHash(),
            owner,
            BEGUN,
            BEGUN,
            outcome.map(Enum::name),
            outcome,
            outcome.map(o -> now),
            outcome.filter(StudyRow.StudyOutcome.FAILED::equals).map(o -> "GiveUp"),
            outcome.filter(StudyRow.StudyOutcome.FAILED::equals).map(o -> "too many failures"),
            0,
            Optional.empty(),
            outcome.filter(StudyRow.StudyOutcome.SUCCEEDED::equals).isPresent()
                ? OptionalInt.of(3)
                : OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        document,
        folds == 0
            ? Optional.empty()
            : Optional.of(new ObjectMapper().createObjectNode().put("rows", 300)),
        trials,
        jobs,
        now);
  }

  private static JobRow job(
      String name, int trial, int fold, Instant start, boolean ended, boolean fails) {
    return new JobRow(
        name,
        JobKind.FOLD,
        OptionalInt.of(trial),
        OptionalInt.of(fold),
        1,
        "token",
        start,
        start,
        Optional.of(start.plusSeconds(2)),
        ended ? Optional.of(start.plusSeconds(10)) : Optional.empty(),
        8,
        0,
        ended ? Optional.of(fails ? JobOutcome.FAILED : JobOutcome.COMPLETED) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        JobRow.Pool.RELEASED,
        true);
  }
}
