package io.warmfold.report;

import io.warmfold.job.JobKind;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.study.Direction;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What came out, in sentences. */
public final class Verdict {

  private Verdict() {}

  /** How the study stands or ended, in a sentence. */
  public static String status(StudyFacts facts) {
    var study = facts.snapshot().study();
    String after = Words.duration(facts.elapsedSeconds());
    Optional<StudyOutcome> outcome = study.outcome();
    if (outcome.isEmpty()) {
      return "The study is not over: "
          + facts.trials(TrialStatus.COMPLETE)
          + " of at most "
          + Words.count(facts.snapshot().document().maxTrials(), "trial")
          + " are complete after "
          + after
          + ".";
    }
    return switch (outcome.get()) {
      case SUCCEEDED ->
          "The study succeeded after "
              + after
              + "."
              + ending(facts).map(why -> " " + why).orElse("");
      case ABORTED -> "The study was stopped after " + after + ".";
      case FAILED ->
          "The study failed after "
              + after
              + study.cause().or(study::error).map(why -> ": " + why).orElse(".");
    };
  }

  /** Why no further trial was begun, if that was not for the budget of trials. */
  private static Optional<String> ending(StudyFacts facts) {
    var study = facts.snapshot().study();
    return study
        .endedBy()
        .flatMap(
            criterion ->
                switch (criterion) {
                  case "ConvergenceDetected" -> study.converged();
                  case "BestObjectiveNotImproving" ->
                      facts
                          .snapshot()
                          .document()
                          .trialsWithoutImprovement()
                          .map(
                              trials ->
                                  "It ended when "
                                      + Words.count(trials, "trial")
                                      + " in a row had not improved the best score.");
                  case "TargetObjectiveMetricValue" ->
                      Optional.of("It ended when a trial had reached the target.");
                  case "MaxRuntimeInSeconds" ->
                      Optional.of("It ended when there was no time for another trial.");
                  case "MaxCost" ->
                      Optional.of("It ended when there was no money for another trial.");
                  case "SearchSpaceExhausted" ->
                      Optional.of("It ended when every combination had been tried.");
                  default -> Optional.empty();
                });
  }

  /** What the best trial is worth; empty if there is none. */
  static Optional<String> best(StudyFacts facts) {
    StudyDocument document = facts.snapshot().document();
    return facts
        .best()
        .filter(best -> best.complete(document.folds()))
        .map(
            best ->
                "Trial "
                    + best.number()
                    + (facts.snapshot().study().outcome().isPresent()
                        ? " is the best of "
                        : " is the best so far of ")
                    + Words.grouped(facts.snapshot().trials().size())
                    + ": over "
                    + document.folds()
                    + " folds its "
                    + document.objective().metricName()
                    + " is "
                    + Words.score(
                        best.cvScore(document.folds()).orElseThrow(),
                        best.standardError(document.folds()))
                    + (document.direction() == Direction.MINIMIZE
                        ? " (smaller is better)."
                        : " (larger is better)."));
  }

  /** How sure it is that the best trial is better than the second one. */
  static Optional<String> lead(StudyFacts facts) {
    List<Trial> order = facts.ranking().order();
    if (order.size() < 2) {
      return Optional.empty();
    }
    int folds = facts.snapshot().document().folds();
    Trial first = order.get(0);
    Trial second = order.get(1);
    double[] differences = new double[folds];
    double mean = 0;
    for (int fold = 0; fold < folds; fold++) {
      differences[fold] = first.scores().get(fold) - second.scores().get(fold);
      mean += differences[fold] / folds;
    }
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    double error = Math.sqrt(squares / (folds - 1) / folds);
    String runnerUp =
        "The runner-up, trial "
            + second.number()
            + ", has "
            + Words.score(second.cvScore(folds).orElseThrow())
            + "; fold by fold the two differ by ";
    String difference = Words.score(Math.abs(mean), OptionalDouble.of(error));
    return Optional.of(
        runnerUp
            + difference
            + (Math.abs(mean) < 2 * error ? ", which is within the noise." : "."));
  }

  /** What it cost. */
  static String cost(StudyFacts facts) {
    StudyDocument document = facts.snapshot().document();
    var resources = document.training().resourceConfig();
    long jobs = facts.snapshot().jobs().size();
    return Words.count(jobs, "job")
        + " ("
        + Words.count(facts.jobs(JobKind.FOLD), "fold")
        + ") on "
        + Words.count(facts.snapshot().study().slots(document), "slot")
        + (resources.instanceCount() > 1 ? " of " + resources.instanceCount() + " × " : " of ")
        + resources.instanceType()
        + ", "
        + Words.duration(facts.billableSeconds())
        + " of billed instance time and "
        + Words.duration(facts.warmIdleSeconds())
        + " of waiting warm; "
        + facts.warmHits()
        + " of the jobs found a warm instance."
        + money(facts).map(text -> " " + text).orElse("");
  }

  private static Optional<String> money(StudyFacts facts) {
    return facts.cost().stream()
        .mapToObj(
            spent ->
                "The training cost "
                    + Words.money(spent)
                    + " of at most "
                    + Words.money(facts.snapshot().document().tuning().resourceLimits().maxCost())
                    + ".")
        .findFirst();
  }
}
