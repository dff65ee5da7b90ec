package io.warmfold.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything the ledger knows of a study at a moment: what a report is made of.
 *
 * @param shards the seal of the data, absent before the split
 * @param trials in the order of their numbers
 * @param jobs of all kinds and attempts, in the order of their names
 * @param taken when it was read
 */
public record StudySnapshot(
    StudyRow study,
    StudyDocument document,
    Optional<JsonNode> shards,
    List<Trial> trials,
    List<JobRow> jobs,
    Instant taken) {

  public StudySnapshot {
    trials = List.copyOf(trials);
    jobs = List.copyOf(jobs);
  }
}
