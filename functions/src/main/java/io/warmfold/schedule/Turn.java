package io.warmfold.schedule;

import io.warmfold.study.RaceDecision;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a slot does next. */
public sealed interface Turn {

  /** A further fold of a trial. */
  record Fold(int trial, int fold) implements Turn {}

  /** The first fold of a new trial, which has this number. */
  record NewTrial(int number) implements Turn {}

  /**
   * The race has to be written down before anything can be said: trials that a better incumbent
   * puts out of the race, or stopped ones that might be the best after all.
   *
   * @param decisions by trial, never empty
   */
  record Decide(SortedMap<Integer, RaceDecision> decisions) implements Turn {
    public Decide {
      decisions = new TreeMap<>(decisions);
    }

    Decide(Map<Integer, RaceDecision> decisions) {
      this(new TreeMap<>(decisions));
    }
  }

  /**
   * Nothing now, but what is in flight may still make work for this slot.
   *
   * @param more how many folds may come beyond those that the running slots take when they are free
   */
  record Wait(long more) implements Turn {}

  /** Nothing any more: this slot can give its instance back. */
  record Done() implements Turn {}
}
