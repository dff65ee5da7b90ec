package io.warmfold.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.time.Instant;

/** The trials as JSON lines, with everything that the ledger knows of them and of their jobs. */
public final class TrialsJsonl {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TrialsJsonl() {}

  /** A line for each trial, in the order of their numbers. */
  public static String of(StudySnapshot snapshot) {
    StudyFacts facts = StudyFacts.of(snapshot);
    StringBuilder lines = new StringBuilder();
    for (Trial trial : snapshot.trials()) {
      lines.append(line(trial, facts)).append('\n');
    }
    return lines.toString();
  }

  private static ObjectNode line(Trial trial, StudyFacts facts) {
    int folds = facts.snapshot().document().folds();
    ObjectNode line = JSON.objectNode();
    line.put("StudyName", facts.snapshot().study().studyName());
    line.put("Trial", trial.number());
    line.put("Status", TrialStatus.of(trial, facts.snapshot()).label());
    line.put("Origin", trial.origin());
    line.put("CreatedAt", trial.createdAt().toString());
    ObjectNode parameters = line.putObject("HyperParameters");
    trial.hyperParameters().forEach(parameters::put);
    trial.cvScore(folds).stream()
        .filter(Double::isFinite)
        .forEach(score -> line.put("CvScore", score));
    trial.standardError(folds).stream()
        .filter(Double::isFinite)
        .forEach(error -> line.put("StandardError", error));
    facts.ranking().rank(trial.number()).ifPresent(rank -> line.put("Rank", rank));
    trial.stoppedByRace().ifPresent(why -> line.put("StoppedByRace", why));
    if (!trial.decisions().isEmpty()) {
      ArrayNode decisions = line.putArray("Decisions");
      trial.decisions().forEach(decision -> decision(decisions.addObject(), decision));
    }
    trial.failure().ifPresent(why -> line.put("Failure", why));
    ArrayNode outcomes = line.putArray("Folds");
    trial.outcomes().forEach((fold, outcome) -> fold(outcomes.addObject(), fold, outcome));
    ArrayNode claims = line.putArray("Claims");
    trial
        .claims()
        .forEach(
            (fold, claim) ->
                claims
                    .addObject()
                    .put("Fold", fold)
                    .put("Claimant", claim.claimant())
                    .put("LeaseUntil", claim.leaseUntil().toString()));
    ArrayNode jobs = line.putArray("Jobs");
    facts.jobsOf(trial.number()).forEach(job -> job(jobs.addObject(), job));
    return line;
  }

  private static void fold(ObjectNode node, int fold, FoldOutcome outcome) {
    node.put("Fold", fold).put("Job", outcome.job());
    switch (outcome) {
      case FoldOutcome.Scored scored -> node.put("Score", scored.score());
      case FoldOutcome.Failed failed -> node.put("Failure", failed.reason());
    }
    node.put("Seconds", outcome.seconds()).put("BillableSeconds", outcome.billable());
  }

  private static void decision(ObjectNode node, RaceDecision decision) {
    node.put("Verdict", decision.verdict().name())
        .put("At", decision.at().toString())
        .put("Incumbent", decision.incumbent())
        .put("Difference", decision.difference());
    decision.prior().ifPresent(prior -> node.put("PriorVariance", prior));
    node.put("Variance", decision.variance())
        .put("Degrees", decision.degrees())
        .put("Chance", decision.chance())
        .put("Alpha", decision.alpha());
    ArrayNode folds = node.putArray("Folds");
    decision.folds().forEach(folds::add);
    ObjectNode like = node.putObject("LikeTrials");
    decision.like().forEach((trial, first) -> like.put(trial.toString(), first));
  }

  // The token stays in the ledger: whoever has it can answer for the job.
  private static void job(ObjectNode node, JobRow job) {
    node.put("Name", job.name()).put("Attempt", job.attempt());
    job.fold().ifPresent(fold -> node.put("Fold", fold));
    node.put("CreatedAt", job.createdAt().toString());
    job.started().map(Instant::toString).ifPresent(at -> node.put("StartedAt", at));
    job.ended().map(Instant::toString).ifPresent(at -> node.put("EndedAt", at));
    node.put("BillableSeconds", job.billable()).put("WarmIdleSeconds", job.retained());
    job.outcome().ifPresent(outcome -> node.put("Outcome", outcome.name()));
    job.failureReason().ifPresent(reason -> node.put("FailureReason", reason));
    job.stopWanted().ifPresent(why -> node.put("StopWanted", why));
    node.put("WarmStart", job.warmStart()).put("Pool", job.pool().name());
  }
}
