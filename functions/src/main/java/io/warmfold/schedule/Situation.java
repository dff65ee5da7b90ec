package io.warmfold.schedule;

import io.warmfold.race.Race;
import io.warmfold.study.Direction;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a decision about a slot is made of.
 *
 * @param trials all of the study, in the order of their numbers
 * @param folds K
 * @param parallelFolds how many folds of one trial may run at once while there are new trials to
 *     make
 * @param maxTrials how many trials there may be
 * @param slots how many folds may run at once
 * @param race the rule by which trials are stopped, if there is one
 * @param allowance what time and money still allow
 * @param over whether nothing more is to be started: the target is reached or the time is up
 */
public record Situation(
    List<Trial> trials,
    int folds,
    int parallelFolds,
    int maxTrials,
    int slots,
    Direction direction,
    Optional<Race> race,
    Allowance allowance,
    boolean over,
    Instant now) {

  public Situation {
    trials = List.copyOf(trials);
  }

  /** The same when no further trial can be made. */
  public Situation withoutNewTrials() {
    return new Situation(
        trials, folds, parallelFolds, trials.size(), slots, direction, race, allowance, over, now);
  }
}
