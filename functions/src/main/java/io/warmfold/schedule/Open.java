package io.warmfold.schedule;

import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A trial that may run further folds.
 *
 * @param running folds in flight
 * @param toStart folds that are neither over nor in flight
 * @param next the first of them
 * @param chance to beat the incumbent, as far as the race can say
 * @param firstScore of fold 0, low is good
 */
record Open(
    Trial trial,
    int running,
    int toStart,
    OptionalInt next,
    OptionalDouble chance,
    OptionalDouble firstScore) {

  static Open of(Trial trial, Optional<RaceDecision> decision, Situation situation) {
    int toStart = 0;
    var next = OptionalInt.empty();
    for (int fold = situation.folds() - 1; fold >= 0; fold--) {
      if (free(trial, fold, situation.now())) {
        toStart++;
        next = OptionalInt.of(fold);
      }
    }
    var first = trial.scores().get(0);
    return new Open(
        trial,
        trial.inFlight(situation.now()),
        toStart,
        next,
        decision.map(one -> OptionalDouble.of(one.chance())).orElseGet(OptionalDouble::empty),
        first == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(situation.direction().better(0, 1) ? first : -first));
  }

  private static boolean free(Trial trial, int fold, Instant now) {
    var claim = trial.claims().get(fold);
    return !trial.outcomes().containsKey(fold) && (claim == null || !claim.holds(now));
  }

  /** Whether nothing of it has begun, though it exists: its first claim was given back. */
  boolean untouched() {
    return running == 0 && trial.outcomes().isEmpty();
  }
}
