package io.warmfold.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;

/**
 * The result of a study as JSON: what the execution returns and {@code --json} prints. What is not
 * there yet, or never came to be, is absent; nothing is ever null.
 *
 * <p>{@code Jobs.Fold} counts the attempts of all folds; {@code Retried} and {@code WarmHits} count
 * jobs of every kind; {@code ColdStarts} are fold jobs on new instances, and {@code WarmMisses}
 * those of them that were started while an instance of the study waited. Seconds are instance
 * seconds but for {@code Elapsed}. {@code Cost} is there if the document limits it.
 */
public final class ResultDocument {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ResultDocument() {}

  /** The result of a study that may still be running. */
  public static ObjectNode of(StudySnapshot snapshot, Locations locations) {
    StudyFacts facts = StudyFacts.of(snapshot);
    StudyDocument document = snapshot.document();
    ObjectNode result = JSON.objectNode();
    result.put("StudyName", snapshot.study().studyName());
    result.put("StudyKey", snapshot.study().key());
    result.put("Status", facts.status());
    snapshot.study().endedBy().ifPresent(criterion -> result.put("EndedBy", criterion));
    snapshot.study().error().ifPresent(error -> result.put("Error", error));
    snapshot.study().cause().ifPresent(cause -> result.put("Cause", cause));
    result
        .putObject("Objective")
        .put("Type", document.direction().label())
        .put("MetricName", document.objective().metricName());
    facts.best().ifPresent(best -> best(result.putObject("Best"), best, document.folds()));
    trials(result.putObject("Trials"), facts);
    result
        .putObject("Jobs")
        .put("Fold", facts.jobs(JobKind.FOLD))
        .put("Retried", facts.retriedJobs())
        .put("WarmHits", facts.warmHits())
        .put("ColdStarts", facts.coldStarts())
        .put("WarmMisses", facts.warmMisses());
    result
        .putObject("Seconds")
        .put("Elapsed", facts.elapsedSeconds())
        .put("Billable", facts.billableSeconds())
        .put("WarmIdle", facts.warmIdleSeconds());
    cost(result, facts);
    model(result, facts, locations);
    locations.transformOutput().ifPresent(uri -> result.putObject("Transform").put("Output", uri));
    DataSeal.of(snapshot).ifPresent(seal -> data(result.putObject("Data"), seal));
    locations.report().ifPresent(uri -> result.put("Report", uri));
    locations.trialsCsv().ifPresent(uri -> result.put("TrialsCsv", uri));
    locations.trialsJsonl().ifPresent(uri -> result.put("TrialsJsonl", uri));
    ArrayNode warnings = result.putArray("Warnings");
    Warnings.of(facts).forEach(warnings::add);
    return result;
  }

  private static void best(ObjectNode node, Trial best, int folds) {
    node.put("Trial", best.number());
    ObjectNode parameters = node.putObject("HyperParameters");
    best.hyperParameters().forEach(parameters::put);
    best.cvScore(folds).stream()
        .filter(Double::isFinite)
        .forEach(score -> node.put("CvScore", score));
    best.standardError(folds).stream()
        .filter(Double::isFinite)
        .forEach(error -> node.put("StandardError", error));
    ArrayNode scores = node.putArray("FoldScores");
    best.scores().values().forEach(scores::add);
  }

  private static void trials(ObjectNode node, StudyFacts facts) {
    node.put("Total", facts.snapshot().trials().size());
    node.put("Complete", facts.trials(TrialStatus.COMPLETE));
    node.put("StoppedByRace", facts.trials(TrialStatus.STOPPED_BY_RACE));
    node.put("Failed", facts.trials(TrialStatus.FAILED));
    // So that the counts always add up to the total.
    for (TrialStatus open : new TrialStatus[] {TrialStatus.RUNNING, TrialStatus.UNFINISHED}) {
      if (facts.trials(open) > 0) {
        node.put(open.label(), facts.trials(open));
      }
    }
  }

  private static void cost(ObjectNode result, StudyFacts facts) {
    var limits = facts.snapshot().document().tuning().resourceLimits();
    facts
        .cost()
        .ifPresent(
            spent ->
                result
                    .putObject("Cost")
                    .put("Limit", limits.maxCost())
                    .put("Spent", Math.round(spent * 1e6) / 1e6)
                    .put("PricePerInstanceHour", limits.pricePerInstanceHour()));
  }

  private static void model(ObjectNode result, StudyFacts facts, Locations locations) {
    ObjectNode model = JSON.objectNode();
    facts.finalTraining().ifPresent(job -> model.put("TrainingJobName", job.name()));
    locations
        .modelArtifacts()
        .or(() -> facts.finalTraining().flatMap(JobRow::artifacts))
        .ifPresent(uri -> model.put("ModelArtifacts", uri));
    facts.snapshot().study().modelPackageArn().ifPresent(arn -> model.put("ModelPackageArn", arn));
    if (!model.isEmpty()) {
      result.set("Model", model);
    }
  }

  private static void data(ObjectNode node, DataSeal seal) {
    seal.rows().ifPresent(rows -> node.put("Rows", rows));
    node.put("Folds", seal.shards().size());
    if (seal.shards().stream().allMatch(shard -> shard.rows().isPresent())) {
      ArrayNode rows = node.putArray("ShardRows");
      seal.shards().forEach(shard -> rows.add(shard.rows().getAsLong()));
    }
  }
}
