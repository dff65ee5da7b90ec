package io.warmfold.report;

import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudyRow;
import io.warmfold.ledger.StudySnapshot;
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
    capacity(facts, warnings);
    coldStarts(facts, warnings);
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

  private static void capacity(StudyFacts facts, List<String> warnings) {
    facts.snapshot().study().capacity().ifPresent(fitted -> warnings.addAll(fitted.notes()));
  }

  /** Cold starts that neither the first job of a slot nor a job that failed before explains. */
  private static void coldStarts(StudyFacts facts, List<String> warnings) {
    StudySnapshot snapshot = facts.snapshot();
    int slots = snapshot.study().slots(snapshot.document());
    boolean allWarm =
        snapshot.study().capacity().map(fitted -> fitted.warmSlots() == slots).orElse(true);
    long excused =
        snapshot.jobs().stream()
            .filter(job -> job.outcome().filter(JobOutcome.COMPLETED::equals).isEmpty())
            .count();
    if (allWarm && facts.coldStarts() > slots + excused) {
      String misses =
          facts.warmMisses() == 0
              ? ""
              : ", " + facts.warmMisses() + " of them while an instance of the study waited";
      warnings.add(
          facts.coldStarts()
              + " of "
              + facts.jobs(JobKind.FOLD)
              + " fold jobs started on new instances"
              + misses
              + "; "
              + Words.count(slots, "slot")
              + (slots == 1 ? " needs" : " need")
              + " one each. Most likely the quota \""
              + snapshot.document().training().resourceConfig().instanceType()
              + " for training warm pool usage\" is used up, or KeepAlivePeriodInSeconds is too"
              + " short.");
    }
  }

  private static void poolsOwed(StudyFacts facts, List<String> warnings) {
    StudyRow study = facts.snapshot().study();
    if (study.outcome().isEmpty() || !study.keepsWarm()) {
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
