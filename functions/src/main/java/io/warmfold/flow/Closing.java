package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudyRow;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.report.HtmlReport;
import io.warmfold.report.Locations;
import io.warmfold.report.ResultDocument;
import io.warmfold.report.TrialsCsv;
import io.warmfold.report.TrialsJsonl;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.NotOwnerException;
import io.warmfold.study.TryAgainException;
import java.util.List;
import java.util.Optional;

/** Ends studies: with their result, or by clearing up after them. */
public final class Closing {

  private final Parts parts;
  private final Files files;
  private final Pools pools;
  private final Unstarted unstarted;

  public Closing(Parts parts, Files files) {
    this.parts = parts;
    this.files = files;
    this.pools = new Pools(parts);
    this.unstarted = new Unstarted(parts);
  }

  /**
   * Closes a study that has its model, and writes result and report. Asking again gives the same.
   *
   * @return the result document
   * @throws NotOwnerException if the study is not this execution's
   */
  public ObjectNode close(String study, String execution) {
    var row = parts.ledger().find(study).orElseThrow(() -> new NotOwnerException("No study."));
    if (!row.owner().equals(execution)
        || row.outcome().filter(outcome -> outcome != StudyOutcome.SUCCEEDED).isPresent()) {
      throw new NotOwnerException("Study " + row.studyName() + " is not this execution's.");
    }
    var jobs = parts.ledger().jobs().all(study);
    deleteModels(jobs);
    pools.releaseAll(study, 0);
    parts
        .ledger()
        .studies()
        .close(study, execution, StudyOutcome.SUCCEEDED, Optional.empty(), Optional.empty());
    endUnstarted(study, jobs);
    var result = report(study);
    parts.log().with("study", study).info("closed");
    return result;
  }

  /**
   * Ends a study that cannot go on: no job may start, all are stopped, pools are given back, and
   * what was found out is written down. Without effect if the study is another execution's; of one
   * that is closed without a result the report is written again, which the one that closed it may
   * not have come to.
   *
   * @return whether the study was this execution's to abandon
   */
  public boolean abandon(
      String study, String execution, StudyOutcome outcome, String error, String cause) {
    var row = parts.ledger().find(study);
    if (row.isEmpty() || !row.get().owner().equals(execution)) {
      return false;
    }
    if (row.get().outcome().isPresent()) {
      if (row.get().outcome().get() != StudyOutcome.SUCCEEDED) {
        report(study);
      }
      return false;
    }
    if (!parts.ledger().studies().startClosing(study, execution, error)) {
      return false;
    }
    var jobs = parts.ledger().jobs().all(study);
    stopJobs(study, jobs);
    deleteModels(jobs);
    pools.releaseAll(study, 0);
    parts
        .ledger()
        .studies()
        .close(study, execution, outcome, Optional.of(error), Optional.of(cause));
    report(study);
    parts.log().with("study", study).warn("abandoned: " + error + ": " + cause);
    return true;
  }

  private void stopJobs(String study, List<JobRow> jobs) {
    for (var job : jobs) {
      if (job.outcome().isEmpty()) {
        parts.ledger().jobs().stopWanted(study, job.name(), "the study is closing");
        parts.jobs().stop(job.kind(), job.name());
      }
    }
  }

  /** What SageMaker never had would stand in the result as running. */
  private void endUnstarted(String study, List<JobRow> jobs) {
    for (var job : jobs) {
      // Other jobs have an outcome before the study gets here.
      if (job.outcome().isEmpty() && job.kind() == JobKind.FOLD) {
        try {
          unstarted.endForGood(study, job);
        } catch (TryAgainException | GiveUpException trouble) {
          // A row is worth less than the result, and the sweep ends it later.
          parts.log().with("study", study).warn("row left open: " + trouble.getMessage());
        }
      }
    }
  }

  private void deleteModels(List<JobRow> jobs) {
    // The model of the batch transform has its job's name, whichever attempt that was.
    jobs.stream()
        .filter(job -> job.kind() == JobKind.TRANSFORM)
        .forEach(job -> parts.jobs().deleteModel(job.name()));
  }

  private ObjectNode report(String study) {
    var row = parts.ledger().find(study).orElseThrow();
    settle(row);
    var snapshot = parts.ledger().snapshot(row);
    var locations = locations(snapshot);
    var result = ResultDocument.of(snapshot, locations);
    var folder = parts.place().key(snapshot.document(), study) + "report/";
    files.put(folder + "trials.csv", "text/csv; charset=utf-8", TrialsCsv.of(snapshot));
    files.put(folder + "trials.jsonl", "application/x-ndjson", TrialsJsonl.of(snapshot));
    files.put(
        folder + "report.html", "text/html; charset=utf-8", HtmlReport.of(snapshot, locations));
    files.put(folder + "result.json", "application/json", result.toPrettyString());
    return result;
  }

  private void settle(StudyRow row) {
    try {
      pools.settle(row.key(), parts.ledger().jobs().all(row.key()));
    } catch (TryAgainException busy) {
      // The account of warm time is worth less than the result.
      parts.log().with("study", row.key()).warn("no account of pools: " + busy.getMessage());
    }
  }

  private Locations locations(StudySnapshot snapshot) {
    var document = snapshot.document();
    var study = snapshot.study().key();
    var locations = Locations.ofReport(parts.place().s3(document, study) + "report/");
    var model = JobBodies.finalTraining(parts, snapshot.study()).flatMap(JobRow::artifacts);
    if (model.isPresent()) {
      locations = locations.withModelArtifacts(model.get());
    }
    var predicted =
        snapshot.jobs().stream()
            .anyMatch(
                job ->
                    job.kind() == JobKind.TRANSFORM
                        && job.outcome().filter(JobOutcome.COMPLETED::equals).isPresent());
    return predicted
        ? locations.withTransformOutput(parts.place().predictions(document, study))
        : locations;
  }

  /**
   * Which study an execution drives.
   *
   * @param studyName what its input says, if the event still holds the input: large ones are left
   *     out
   */
  public Optional<StudyRow> studyOf(Optional<String> studyName, String execution) {
    return studyName
        .flatMap(parts.ledger()::newest)
        .flatMap(parts.ledger()::find)
        .filter(row -> row.owner().equals(execution))
        .or(
            () ->
                parts.ledger().active().stream()
                    .filter(row -> row.owner().equals(execution))
                    .findFirst());
  }
}
