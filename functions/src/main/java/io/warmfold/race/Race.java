package io.warmfold.race;

import io.warmfold.study.Direction;
import io.warmfold.study.Trial;
import java.util.List;

/** Decides after each fold whether a trial is worth its remaining folds. Pure and thread-safe. */
public interface Race {

  /** What a race decides. */
  sealed interface Verdict {
    /** The trial runs its next fold. */
    record Continue() implements Verdict {}

    /** The trial stops; the explanation holds the numbers that decided it. */
    record Stop(String explanation) implements Verdict {}
  }

  /**
   * Judges a trial that has some of its folds.
   *
   * @param others the study's other trials, in any state
   * @param folds K
   */
  Verdict judge(Trial trial, List<Trial> others, int folds, Direction direction);
}
