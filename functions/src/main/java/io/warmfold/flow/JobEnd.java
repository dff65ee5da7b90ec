package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.warmfold.job.JobDescription;
import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.Jobs.Ending;
import io.warmfold.ledger.StudyRow;
import io.warmfold.race.Race;
import io.warmfold.race.Races;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.Trial;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What follows from the end of a job, whoever notices it: the event, the sweep, or the task that
 * waits. Every step is written once or can be repeated, so doing it twice, late or at the same
 * moment as somebody else changes nothing.
 */
public final class JobEnd {

  private static final int TRIES = 5;

  private final Parts parts;
  private final Pools pools;

  public JobEnd(Parts parts) {
    this.parts = parts;
    this.pools = new Pools(parts);
  }

  /**
   * Does what is to do for a job that may be over.
   *
   * @return whether it is over
   * @throws TryAgainException if there is no such row, or SageMaker does not show the metrics yet
   */
  public boolean handle(String study, String name) {
    var row = require(study, name);
    var left = LastPool.UNKNOWN;
    if (row.outcome().isEmpty()) {
      var job = describe(row);
      if (job.isEmpty() || !job.get().terminal()) {
        return false;
      }
      left = LastPool.of(job.get(), parts.clock().instant());
      row = end(study, row, job.get());
    }
    conclude(study, row, left);
    if (row.kind() == JobKind.FOLD
        && row.stopWanted().isPresent()
        && parts.ledger().find(study).filter(StudyRow::open).isEmpty()) {
      // Nobody else looks: the study's pools were given back before this one was there.
      pools.releaseLate(study, name);
    }
    return true;
  }

  /** What SageMaker says of the job, after a few seconds if its metrics lag behind it. */
  private Optional<JobDescription> describe(JobRow row) {
    var job = parts.jobs().describe(row.kind(), row.name());
    for (var pause : parts.metricsLag().pauses()) {
      if (row.kind() != JobKind.FOLD || job.filter(JobEnd::showsNoMetrics).isEmpty()) {
        break;
      }
      parts.metricsLag().pause().accept(pause);
      job = parts.jobs().describe(row.kind(), row.name());
    }
    return job;
  }

  private static boolean showsNoMetrics(JobDescription job) {
    return job.status().equals("Completed") && job.metrics().isEmpty();
  }

  private JobRow require(String study, String name) {
    return parts
        .ledger()
        .jobs()
        .find(study, name)
        .orElseThrow(() -> new TryAgainException("The ledger does not know job " + name + "."));
  }

  /** The row as it is after the end was written, by us or by somebody who was faster. */
  private JobRow end(String study, JobRow row, JobDescription job) {
    var ended = job.ended().orElse(parts.clock().instant());
    var fold =
        row.kind() == JobKind.FOLD
            ? foldOutcome(study, row, job, ended)
            : Optional.<FoldOutcome>empty();
    var outcome = JobEndings.outcome(job, row);
    if (fold.isPresent() && fold.get() instanceof FoldOutcome.Failed) {
      outcome = outcome == JobOutcome.COMPLETED ? JobOutcome.FAILED : outcome;
    }
    var reason =
        switch (fold.orElse(null)) {
          case FoldOutcome.Failed failed -> Optional.of(failed.reason());
          case FoldOutcome.Scored scored -> Optional.<String>empty();
          case null ->
              outcome == JobOutcome.COMPLETED
                  ? Optional.<String>empty()
                  : Optional.of(JobEndings.reason(job, row));
        };
    var ending =
        new Ending(outcome, reason, job.started(), ended, job.billableSeconds(), job.artifacts());
    log(study, row).info(outcome + reason.map(text -> ": " + text).orElse(""));
    if (parts.ledger().jobs().end(study, row, ending, fold)) {
      // Its token may have changed since it was read: conclude notices.
      return row.endedBy(ending);
    }
    if (require(study, row.name()).outcome().isEmpty()) {
      // The fold has an outcome from another job; this one's end is still a fact.
      parts.ledger().jobs().end(study, row, ending, Optional.empty());
    }
    return require(study, row.name());
  }

  private Optional<FoldOutcome> foldOutcome(
      String study, JobRow row, JobDescription job, Instant ended) {
    return switch (JobEndings.outcome(job, row)) {
      case COMPLETED -> Optional.of(score(study, job, ended));
      case FAILED, STOPPED_BY_SOMEBODY ->
          Optional.of(failed(job, JobEndings.reason(job, row), ended));
      case INFRASTRUCTURE, STOPPED_BY_US -> Optional.empty();
    };
  }

  private FoldOutcome score(String study, JobDescription job, Instant ended) {
    var metric = parts.ledger().document(study).objective().metricName();
    var score = job.metrics().get(metric);
    if (score == null) {
      var now = parts.clock().instant();
      if (job.metrics().isEmpty() && now.isBefore(ended.plus(parts.metricsLag().most()))) {
        parts.ledger().jobs().metricPending(study, job.name(), now);
        throw new TryAgainException(job.name() + " has completed, but shows no metrics yet.");
      }
      return failed(
          job,
          job.name()
              + " completed without the metric "
              + metric
              + "; it reported "
              + (job.metrics().isEmpty() ? "none" : String.join(", ", job.metrics().keySet())),
          ended);
    }
    if (!Double.isFinite(score)) {
      return failed(job, job.name() + " reported " + metric + " = " + score, ended);
    }
    return new FoldOutcome.Scored(
        job.name(), score, ended, seconds(job, ended), job.billableSeconds());
  }

  private static FoldOutcome failed(JobDescription job, String reason, Instant ended) {
    return new FoldOutcome.Failed(
        job.name(), reason, ended, seconds(job, ended), job.billableSeconds());
  }

  private static long seconds(JobDescription job, Instant ended) {
    return Math.max(0, Duration.between(job.created(), ended).toSeconds());
  }

  /** Averages and races the trial, then answers whoever waits. */
  void conclude(String study, JobRow known, LastPool left) {
    var row = known;
    if (row.kind() == JobKind.FOLD) {
      judge(study, row);
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (row.released()) {
        return;
      }
      answer(row, left);
      if (parts.ledger().jobs().released(study, row.name(), row.token())) {
        return;
      }
      // Another task waits for the job by now: its token is the one to answer.
      row = require(study, row.name());
    }
    throw new TryAgainException("The tasks that wait for " + row.name() + " change too fast.");
  }

  private void judge(String study, JobRow row) {
    var document = parts.ledger().document(study);
    var trial = parts.ledger().trials().find(study, row.trial().orElseThrow()).orElseThrow();
    trial
        .cvScore(document.folds())
        .ifPresent(
            score -> {
              parts.ledger().trials().cvScore(study, trial.number(), score);
              log(study, row).info("trial is complete: " + score);
            });
    if (!trial.finished(document.folds())) {
      Races.of(document).ifPresent(race -> race(study, row, race));
    }
  }

  private void race(String study, JobRow row, Race race) {
    var document = parts.ledger().document(study);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      var trials = parts.ledger().trials().current(study, document.folds());
      var judged =
          trials.stream().filter(one -> one.number() == row.trial().orElseThrow()).findFirst();
      if (judged.isEmpty() || judged.get().finished(document.folds()) || decided(judged.get())) {
        return;
      }
      var decision =
          race.field(
                  trials,
                  document.folds(),
                  document.direction(),
                  Race.Phase.of(trials.size(), document.maxTrials()))
              .judge(judged.get(), parts.clock().instant());
      if (decision.isEmpty()) {
        return;
      }
      if (parts.ledger().trials().decide(study, judged.get(), decision.get())) {
        log(study, row).info("race: " + decision.get().explanation());
        return;
      }
    }
    throw new TryAgainException("The race of trial " + row.trial() + " changes too fast.");
  }

  /** Whether the race has spoken on all the folds that there are. */
  private static boolean decided(Trial trial) {
    return !trial.decisions().isEmpty()
        && trial.decisions().getLast().folds().equals(List.copyOf(trial.scores().keySet()));
  }

  private void answer(JobRow row, LastPool left) {
    var reason = row.failureReason().orElse(row.name() + " did not complete");
    switch (row.outcome().orElseThrow()) {
      case COMPLETED -> succeed(row, "Completed", left);
      case FAILED, STOPPED_BY_SOMEBODY -> {
        if (row.kind() == JobKind.FOLD) {
          succeed(row, "Failed", left);
        } else {
          parts.stepFunctions().fail(row.token(), Errors.JOB_FAILED, reason);
        }
      }
      case INFRASTRUCTURE -> parts.stepFunctions().fail(row.token(), Errors.INFRASTRUCTURE, reason);
      case STOPPED_BY_US -> parts.stepFunctions().fail(row.token(), Errors.STUDY_CLOSING, reason);
    }
  }

  private void succeed(JobRow row, String outcome, LastPool left) {
    parts
        .stepFunctions()
        .succeed(
            row.token(),
            JsonNodeFactory.instance
                .objectNode()
                .put("Job", row.name())
                .put("Outcome", outcome)
                .put("Pool", left.label()));
  }

  private StudyLog log(String study, JobRow row) {
    var log = parts.log().with("study", study).with("job", row.name());
    return row.trial().isPresent()
        ? log.with("trial", row.trial().getAsInt()).with("fold", row.fold().orElseThrow())
        : log;
  }
}
