package io.warmfold.search;

import io.warmfold.search.gp.Design;
import io.warmfold.space.SearchSpace;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * When a study has done enough: AMT's completion criteria as pure functions of its history. Only
 * complete trials of the study itself count; parents never do.
 */
public final class Completion {

  /** Differences between a study's folds that are needed before its standard error is believed. */
  private static final int LEAST_COMPLETE = 5;

  private Completion() {}

  /** Whether a trial has reached {@code TargetObjectiveMetricValue}. */
  public static boolean targetReached(History history, double target) {
    return history.trials().stream()
        .filter(Observation::complete)
        .anyMatch(trial -> !history.direction().better(target, trial.mean()));
  }

  /**
   * Whether {@code BestObjectiveNotImproving} holds: the last trials, so many as given, have not
   * beaten those before them.
   *
   * @param trials AMT's {@code MaxNumberOfTrainingJobsNotImproving}, at least 1; trials that the
   *     race stopped or that failed count as not improving
   */
  public static boolean notImproving(History history, int trials) {
    List<Observation> inOrder =
        history.trials().stream().sorted(Comparator.comparingInt(Observation::trial)).toList();
    int since = -1;
    double best = Double.NaN;
    for (Observation trial : inOrder) {
      if (trial.complete() && (since < 0 || history.direction().better(trial.mean(), best))) {
        best = trial.mean();
        since = 0;
      } else if (since >= 0) {
        since++;
      }
    }
    return since >= trials;
  }

  /**
   * Whether {@code ConvergenceDetected} holds: the expected gain of the best candidate is less than
   * a share of the standard error of the best trial's CV score, so that a further trial is expected
   * to change nothing that could be told from noise.
   *
   * @param tolerance the share, such as 0.1
   * @param expectedGain of {@link #expectedGain}; nothing has converged while it is empty
   */
  public static boolean converged(History history, OptionalDouble expectedGain, double tolerance) {
    OptionalDouble error = standardError(history);
    return expectedGain.isPresent()
        && error.isPresent()
        && expectedGain.getAsDouble() < tolerance * error.getAsDouble();
  }

  /**
   * How much the best candidate is expected to improve on the best score, in units of the score, at
   * least 0; the expected improvement of Jones, Schonlau and Welch (1998). Empty during the initial
   * design. As costly as a suggestion.
   */
  public static OptionalDouble expectedGain(
      SearchSpace space, History history, List<Pending> pending, long seed) {
    return new BayesianSearch(Design.standard()).expectedGain(space, history, pending, seed);
  }

  /**
   * The standard error of a CV score as far as it matters between trials: of the folds' scores less
   * the effects that all trials share. Empty with fewer than 5 complete trials, or a single fold.
   */
  public static OptionalDouble standardError(History history) {
    var complete = history.trials().stream().filter(Observation::complete).toList();
    int folds = complete.stream().mapToInt(Observation::folds).max().orElse(1);
    var scores =
        complete.stream()
            .filter(trial -> trial.folds() == folds)
            .sorted(Comparator.comparingInt(Observation::trial))
            .map(Observation::foldScores)
            .toList();
    if (folds < 2 || scores.size() < LEAST_COMPLETE) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.sqrt(FoldEffects.of(scores, folds).variance() / folds));
  }
}
