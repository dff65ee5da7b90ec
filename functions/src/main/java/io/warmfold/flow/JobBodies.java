package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.job.JobName;
import io.warmfold.job.JobRequests;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudyRow;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.Trial;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What SageMaker is asked for, from the document and from what the ledger knows by then. */
final class JobBodies {

  private final Parts parts;

  JobBodies(Parts parts) {
    this.parts = parts;
  }

  /**
   * The request to create a job; the model that a transform uses is created first.
   *
   * @param trial of a fold job
   * @throws GiveUpException if the ledger does not know what the job is made of
   */
  ObjectNode of(StudyRow study, JobName name, Optional<Trial> trial) {
    var document = parts.ledger().document(study.key());
    var requests = new JobRequests(parts.place(), document, study.key());
    return switch (name.kind()) {
      case FOLD ->
          requests.fold(
              name,
              trial
                  .orElseThrow(
                      () -> new GiveUpException("The ledger has no such trial: " + name + "."))
                  .hyperParameters(),
              study.keepsWarm());
      case FINAL ->
          requests.finalTraining(
              name,
              tuned(
                  study,
                  parts
                      .ledger()
                      .find(study.key())
                      .orElseThrow()
                      .best()
                      .orElseThrow(() -> new GiveUpException("No trial has been selected."))));
      case PROCESSING -> requests.processing(name);
      case TRANSFORM -> {
        parts.jobs().createModel(requests.model(name, artifacts(study)));
        yield requests.transform(name);
      }
    };
  }

  private Map<String, String> tuned(StudyRow study, int trial) {
    return parts
        .ledger()
        .trials()
        .find(study.key(), trial)
        .orElseThrow(() -> new GiveUpException("The ledger has no trial " + trial + "."))
        .hyperParameters();
  }

  private String artifacts(StudyRow study) {
    return finalTraining(parts, study)
        .flatMap(JobRow::artifacts)
        .orElseThrow(() -> new GiveUpException("The final training has left no model."));
  }

  /** The final training that has completed. */
  static Optional<JobRow> finalTraining(Parts parts, StudyRow study) {
    for (int attempt = 1; ; attempt++) {
      var name =
          JobName.of(
              parts.place().prefix(),
              study.studyName(),
              study.key(),
              JobKind.FINAL,
              OptionalInt.empty(),
              OptionalInt.empty(),
              attempt);
      var row = parts.ledger().jobs().find(study.key(), name.text());
      if (row.isEmpty() || row.get().outcome().filter(JobOutcome.COMPLETED::equals).isPresent()) {
        return row;
      }
    }
  }
}
