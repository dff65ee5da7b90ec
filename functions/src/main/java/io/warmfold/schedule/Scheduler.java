package io.warmfold.schedule;

import io.warmfold.study.Trial;
import java.util.OptionalInt;

/**
 * Decides what a slot runs next. Pure.
 *
 * <p>Trials are finished in the order in which they began: a further fold of the oldest trial comes
 * before a new trial, so that scores are whole as early as may be and the searcher learns from
 * them. All trials run their folds in the same order, so that any two can be compared on the folds
 * both have.
 */
public final class Scheduler {

  private Scheduler() {}

  /** The next turn of a slot that is free. */
  public static Turn next(Situation situation) {
    if (situation.over()) {
      return new Turn.Done();
    }
    for (var trial : situation.trials()) {
      if (inFlight(trial, situation) < situation.parallelFolds()) {
        var fold = freeFold(trial, situation);
        if (fold.isPresent()) {
          return new Turn.Fold(trial.number(), fold.getAsInt());
        }
      }
    }
    if (situation.trials().size() < situation.maxTrials()) {
      return new Turn.NewTrial(situation.trials().size());
    }
    // At the end there are more slots than trials, and a slot that waits helps nobody.
    for (var trial : situation.trials()) {
      var fold = freeFold(trial, situation);
      if (fold.isPresent()) {
        return new Turn.Fold(trial.number(), fold.getAsInt());
      }
    }
    return situation.trials().stream().anyMatch(trial -> inFlight(trial, situation) > 0)
        ? new Turn.Wait()
        : new Turn.Done();
  }

  private static long inFlight(Trial trial, Situation situation) {
    return trial.claims().values().stream().filter(claim -> claim.holds(situation.now())).count();
  }

  private static OptionalInt freeFold(Trial trial, Situation situation) {
    if (trial.finished(situation.folds())) {
      return OptionalInt.empty();
    }
    for (int fold = 0; fold < situation.folds(); fold++) {
      var claim = trial.claims().get(fold);
      if (!trial.outcomes().containsKey(fold) && (claim == null || !claim.holds(situation.now()))) {
        return OptionalInt.of(fold);
      }
    }
    return OptionalInt.empty();
  }
}
