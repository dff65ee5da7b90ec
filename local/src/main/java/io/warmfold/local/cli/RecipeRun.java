package io.warmfold.local.cli;

import io.warmfold.local.simulation.Conditions;
import io.warmfold.local.simulation.Objective;
import io.warmfold.local.simulation.ObjectiveException;
import io.warmfold.local.simulation.Recipe;
import io.warmfold.local.simulation.RecipeResult;
import io.warmfold.report.Words;
import io.warmfold.study.StudyDocument;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The published recipe on a document, for {@code warmfold simulate --recipe}. */
final class RecipeRun {

  private RecipeRun() {}

  /**
   * Simulates it, tells what came of it and answers the exit code: the one of failure if no trial
   * has all its folds.
   *
   * @throws ObjectiveException if the objective cannot answer, and nobody has interrupted it
   */
  static int run(
      Tools tools,
      StudyDocument document,
      Objective objective,
      Conditions conditions,
      boolean warm,
      boolean json) {
    Optional<RecipeResult> run = simulate(tools, document, objective, conditions, warm);
    if (run.isEmpty()) {
      tools.console().say("Stopped before the recipe was over.");
      return Exit.INTERRUPTED;
    }
    RecipeResult result = run.get();
    PrintWriter out = tools.console().out();
    if (json) {
      out.println(result.toJson().put("StudyName", document.studyName()).toPrettyString());
    } else {
      tell(out, result);
    }
    out.flush();
    return result.trajectory().isEmpty() ? Exit.FAILED : Exit.DONE;
  }

  private static Optional<RecipeResult> simulate(
      Tools tools,
      StudyDocument document,
      Objective objective,
      Conditions conditions,
      boolean warm) {
    try {
      return Recipe.simulate(document, objective, conditions, warm, tools.interrupts()::requested);
    } catch (ObjectiveException unanswered) {
      if (tools.interruptedWithObjective()) {
        return Optional.empty();
      }
      throw unanswered;
    }
  }

  private static void tell(PrintWriter out, RecipeResult result) {
    if (result.trajectory().isEmpty()) {
      out.println("No trial of the recipe has all its folds: " + failures(result) + ".");
    } else {
      var best = result.trajectory().getLast();
      out.println(
          "Best         trial "
              + best.trial()
              + ", CV score "
              + best.cvScore()
              + ", "
              + best.hyperParameters()
              + ", after "
              + clock(best.seconds()));
    }
    out.println(
        "Recipe       "
            + clock(result.elapsed())
            + (result.warm() ? " warm, " : " cold, ")
            + Words.count(result.trials(), "trial")
            + " ("
            + failures(result)
            + "), "
            + Words.count(result.jobs(), "job")
            + ", at most "
            + result.peakJobs()
            + " at once");
    var bill = result.bill();
    out.printf(
        Locale.ROOT,
        "Billed       %.0f instance seconds: %.0f training, %.0f starting up, %.0f warm idle, %.0f"
            + " coordinators%n",
        result.billed(),
        bill.training(),
        bill.startUp(),
        bill.warmIdle(),
        result.coordinators());
  }

  private static String failures(RecipeResult result) {
    return result.failedTrials() + " failed";
  }

  private static String clock(double seconds) {
    return LiveFrame.clock(Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
