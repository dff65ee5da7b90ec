package io.warmfold.report;

import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.space.Parameter;
import io.warmfold.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person should know before relying on a result: a sentence each. */
final class Warnings {

  /** Nearer to the end of its range than this part of it, a value is at the end. */
  private static final double EDGE = 0.01;

  private Warnings() {}

  static List<String> of(StudyFacts facts) {
    List<String> warnings = new ArrayList<>();
    facts.best().ifPresent(best -> atTheEdge(facts, best, warnings));
    failedTrials(facts, warnings);
    stoppedBySomebody(facts, warnings);
    rarelyWarm(facts, warnings);
    poolsOwed(facts, warnings);
    return warnings;
  }

  private static void atTheEdge(StudyFacts facts, Trial best, List<String> warnings) {
    for (Parameter parameter : TunedParameters.of(facts.snapshot().document())) {
      String value = best.hyperParameters().get(parameter.name());
      if (value != null) {
        end(parameter, value)
            .ifPresent(
                end ->
                    warnings.add(
                        "The best "
                            + parameter.name()
                            + ", "
                            + value
                            + ", is at the "
                            + end
                            + " end of its range: a wider range may score better."));
      }
    }
  }

  private static Optional<String> end(Parameter parameter, String value) {
    if (parameter.unordered() || parameter.cardinality() < 3 || !parameter.contains(value)) {
      return Optional.empty();
    }
    double margin = Math.max(EDGE, 1.0 / parameter.cardinality());
    double place = parameter.encode(value);
    return place < margin
        ? Optional.of("lower")
        : place > 1 - margin ? Optional.of("upper") : Optional.empty();
  }

  private static void failedTrials(StudyFacts facts, List<String> warnings) {
    int failed = facts.trials(TrialStatus.FAILED);
    if (failed > 0) {
      String reason =
          facts.snapshot().trials().stream()
              .flatMap(trial -> trial.failure().stream())
              .findFirst()
              .orElse("");
      warnings.add(
          Words.count(failed, "trial")
              + " failed and took no part in the selection; the first one: "
              + Words.shortened(reason, 300));
    }
  }

  private static void stoppedBySomebody(StudyFacts facts, List<String> warnings) {
    long stopped =
        facts.snapshot().jobs().stream()
            .filter(job -> job.outcome().filter(JobOutcome.STOPPED_BY_SOMEBODY::equals).isPresent())
            .count();
    if (stopped > 0) {
      warnings.add(
          Words.count(stopped, "job")
              + (stopped == 1 ? " was" : " were")
              + " stopped by a person.");
    }
  }

  private static void rarelyWarm(StudyFacts facts, List<String> warnings) {
    long folds = facts.jobs(JobKind.FOLD);
    int slots = facts.snapshot().document().slots();
    if (folds >= 4L * slots && facts.warmHits() * 2 < folds) {
      warnings.add(
          "Only "
              + facts.warmHits()
              + " of "
              + folds
              + " fold jobs found a warm instance: check KeepAlivePeriodInSeconds and the warm-pool"
              + " quota of the instance type.");
    }
  }

  private static void poolsOwed(StudyFacts facts, List<String> warnings) {
    if (facts.snapshot().study().outcome().isEmpty()) {
      return;
    }
    long owed = facts.snapshot().jobs().stream().filter(Warnings::owesPool).count();
    if (owed > 0) {
      warnings.add(
          "The warm instances of "
              + Words.count(owed, "job")
              + " are not known to be given back yet; at the latest they end with their keep-alive"
              + " period.");
    }
  }

  private static boolean owesPool(JobRow job) {
    // Only fold jobs ask for their instances to be kept.
    return job.kind() == JobKind.FOLD && job.pool() == JobRow.Pool.OWED;
  }
}
