package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobDescription;
import io.warmfold.job.JobKind;
import io.warmfold.job.JobName;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.Ledger;
import io.warmfold.ledger.StudyRow;
import io.warmfold.study.FixInputException;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.NotOwnerException;
import io.warmfold.study.Trial;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Starts a job that a task waits for, or lets the task wait for one that was started before.
 *
 * <p>A job's row is written before the job is started, so that no event finds it missing. The next
 * attempt is started only when the one before is over by SageMaker's fault; in every other case the
 * same job is waited for with the new token.
 */
public final class JobStart {

  /**
   * What is to be started.
   *
   * @param trial of a fold job
   * @param fold of a fold job
   * @param token of the task that waits
   */
  public record Request(
      String study,
      String execution,
      JobKind kind,
      OptionalInt trial,
      OptionalInt fold,
      String token) {}

  /** More attempts than the state machine's retries of several lanes make in one execution. */
  static final int MAX_ATTEMPTS = 40;

  private final Parts parts;
  private final JobEnd ends;
  private final Unstarted unstarted;
  private final JobBodies bodies;

  public JobStart(Parts parts) {
    this.parts = parts;
    this.ends = new JobEnd(parts);
    this.unstarted = new Unstarted(parts);
    this.bodies = new JobBodies(parts);
  }

  /**
   * Starts the job or takes it up; the token is answered when it is over.
   *
   * @throws NotOwnerException if the execution may not start jobs any more; what was started is
   *     stopped
   * @throws TryAgainException if SageMaker or the ledger is busy, or a quota is used up
   * @throws FixInputException if SageMaker refuses the request
   * @throws GiveUpException if access is denied, or no attempt has come through
   */
  public void start(Request request) {
    var name = name(request, 1);
    var facts = facts(request, name);
    var row = facts.job();
    var task = new Task(facts.study(), request, facts.trial());
    int failed = 0;
    for (int attempt = 1; row.isPresent(); attempt++) {
      if (!superseded(task.study(), row.get())) {
        waitFor(task, name, row.get());
        return;
      }
      // What an earlier execution met with is no reason to give up in this one.
      failed += row.get().createdAt().isBefore(task.study().ownedSince()) ? 0 : 1;
      if (failed == MAX_ATTEMPTS) {
        throw new GiveUpException(
            "SageMaker failed " + MAX_ATTEMPTS + " attempts of the same job, the last one " + name);
      }
      name = name(request, attempt + 1);
      row = parts.ledger().jobs().find(request.study(), name.text());
    }
    add(task, name);
  }

  /** A request with what it needs to know. */
  private record Task(StudyRow study, Request request, Optional<Trial> trial) {}

  private Ledger.FoldFacts facts(Request request, JobName first) {
    if (request.trial().isPresent()) {
      return parts
          .ledger()
          .fold(request.study(), request.execution(), first.text(), request.trial().getAsInt());
    }
    return new Ledger.FoldFacts(
        parts.ledger().requireOpen(request.study(), request.execution()),
        parts.ledger().jobs().find(request.study(), first.text()),
        Optional.empty());
  }

  private JobName name(Request request, int attempt) {
    return JobName.of(
        parts.place().prefix(),
        parts.ledger().document(request.study()).studyName(),
        request.study(),
        request.kind(),
        request.trial(),
        request.fold(),
        attempt);
  }

  /**
   * Whether a further attempt is right: this one was SageMaker's fault, or an execution's that is
   * gone.
   */
  private static boolean superseded(StudyRow study, JobRow row) {
    if (row.outcome().isEmpty()) {
      return false;
    }
    return switch (row.outcome().get()) {
      case INFRASTRUCTURE, STOPPED_BY_US -> true;
      case COMPLETED -> false;
      case FAILED, STOPPED_BY_SOMEBODY -> row.createdAt().isBefore(study.ownedSince());
    };
  }

  private void add(Task task, JobName name) {
    var study = task.study();
    var request = task.request();
    var now = parts.clock().instant();
    var row =
        new JobRow(
            name.text(),
            request.kind(),
            request.trial(),
            request.fold(),
            name.attempt(),
            request.token(),
            now.plus(Timeouts.START_LEASE),
            now,
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            JobRow.Pool.OWED,
            false);
    if (parts.ledger().jobs().add(study.key(), row, foldLease(study, now))) {
      create(task, name, row);
    } else if (parts.ledger().jobs().find(study.key(), name.text()).isPresent()) {
      throw new TryAgainException(name + " is just being started by another task.");
    } else {
      // The claim was given back meanwhile: whoever has it now runs the fold.
      lost(request.token(), name);
    }
  }

  private void lost(String token, JobName name) {
    parts
        .stepFunctions()
        .succeed(
            token,
            JsonNodeFactory.instance.objectNode().put("Job", name.text()).put("Outcome", "Lost"));
  }

  private Instant foldLease(StudyRow study, Instant now) {
    return now.plus(Timeouts.foldLease(parts.ledger().document(study.key())));
  }

  private void create(Task task, JobName name, JobRow row) {
    var study = task.study();
    try {
      var body = bodies.of(study, name, task.trial());
      if (!parts.jobs().create(name.kind(), body)) {
        adopt(name, body);
      }
    } catch (FixInputException | GiveUpException refused) {
      // Nothing was started, and nothing will be under this name.
      unstarted.refused(study.key(), row, refused.getMessage());
      throw refused;
    }
    log(name).info("started");
    if (parts
        .ledger()
        .find(study.key())
        .filter(now -> now.openFor(task.request().execution()))
        .isEmpty()) {
      stop(study.key(), name, "the study is closing");
      throw new NotOwnerException("Study " + study.studyName() + " was closed meanwhile.");
    }
  }

  private void waitFor(Task task, JobName name, JobRow row) {
    var study = task.study();
    var request = task.request();
    var now = parts.clock().instant();
    if (!row.token().equals(request.token())) {
      if (!parts
          .ledger()
          .jobs()
          .rearm(study.key(), row, request.token(), now.plus(Timeouts.START_LEASE))) {
        throw new TryAgainException(name + " has got another task to wait for it.");
      }
      takeOver(study, name, row);
    }
    log(name).info("taken up");
    if (ends.handle(study.key(), name.text())) {
      return;
    }
    var job = parts.jobs().describe(name.kind(), name.text());
    if (job.isEmpty()) {
      if (row.kind() == JobKind.FOLD && nothingMatters(study)) {
        leaveOut(task, row);
      } else {
        create(task, name, row);
      }
    } else if (overdue(study, row)) {
      stop(study.key(), name, JobEndings.TIMED_OUT);
    }
  }

  /** Takes a fold in flight out of the hands of the task that waited for it until now. */
  private void takeOver(StudyRow study, JobName name, JobRow row) {
    if (row.trial().isEmpty() || row.outcome().isPresent()) {
      return;
    }
    // Should another lane still wait for it, it would do so until its task times out.
    lost(row.token(), name);
    // A fold that was given back and claimed anew is claimed for no longer than a start takes.
    parts
        .ledger()
        .trials()
        .keep(
            study.key(),
            row.trial().getAsInt(),
            row.fold().orElseThrow(),
            foldLease(study, parts.clock().instant()));
  }

  /** Whether the study has come to its end while SageMaker took no further job. */
  private boolean nothingMatters(StudyRow study) {
    var document = parts.ledger().document(study.key());
    return new Progress(
            study, document, parts.ledger().trials().current(study.key(), document.folds()))
        .over(parts.clock().instant());
  }

  private void leaveOut(Task task, JobRow row) {
    var study = task.study().key();
    var reason = row.name() + " was not started: nothing depends on it any more";
    // The row has this task's token by now.
    unstarted.refused(study, parts.ledger().jobs().find(study, row.name()).orElse(row), reason);
    parts.stepFunctions().fail(task.request().token(), Errors.STUDY_CLOSING, reason);
  }

  private boolean overdue(StudyRow study, JobRow row) {
    var document = parts.ledger().document(study.key());
    var limit =
        switch (row.kind()) {
          case FOLD, FINAL -> Timeouts.training(document);
          case PROCESSING -> Timeouts.preparation(document);
          case TRANSFORM -> Timeouts.TRANSFORM;
        };
    var age = Duration.between(row.createdAt(), parts.clock().instant());
    return age.compareTo(limit) > 0;
  }

  private void stop(String study, JobName name, String reason) {
    parts.ledger().jobs().stopWanted(study, name.text(), reason);
    parts.jobs().stop(name.kind(), name.text());
    log(name).warn("stopped: " + reason);
  }

  private void adopt(JobName name, ObjectNode body) {
    if (name.kind() != JobKind.FOLD && name.kind() != JobKind.FINAL) {
      return;
    }
    var wanted = body.path("HyperParameters");
    var known = parts.jobs().describe(name.kind(), name.text());
    var same =
        known
            .map(JobDescription::hyperParameters)
            .filter(
                values ->
                    values.size() == wanted.size()
                        && values.entrySet().stream()
                            .allMatch(
                                value ->
                                    value
                                        .getValue()
                                        .equals(wanted.path(value.getKey()).textValue())))
            .isPresent();
    if (!same) {
      throw new GiveUpException("There is a job " + name + " that is not ours.");
    }
  }

  private StudyLog log(JobName name) {
    var log = parts.log().with("study", name.study()).with("job", name);
    return name.trial().isPresent()
        ? log.with("trial", name.trial().getAsInt()).with("fold", name.fold().orElseThrow())
        : log;
  }
}
