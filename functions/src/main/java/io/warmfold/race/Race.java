package io.warmfold.race;

import io.warmfold.study.Direction;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides after each fold whether a trial is worth its remaining folds. Pure, deterministic to the
 * bit, and thread-safe.
 */
public interface Race {

  /**
   * A trial whose chance is below this is doubtful: while new trials can be made it makes room for
   * them, unless its folds are worth as much, and otherwise it runs one fold at a time, because the
   * next one will probably be its last.
   */
  double DOUBTFUL = 0.15;

  /** What a fold that is not run makes room for. */
  enum Phase {
    /** For new trials: one that is stopped for them may be resumed later. */
    SEARCH,
    /** For nothing: only what has next to no chance is stopped. */
    CLOSE;

    /**
     * The phase of a study.
     *
     * @param trials how many there are
     * @param most how many there may be
     */
    public static Phase of(int trials, int most) {
      return trials < most ? SEARCH : CLOSE;
    }
  }

  /**
   * All that is the same for every trial that is judged at a moment. Immutable.
   *
   * @param trials all trials of the study, in any state and order
   * @param folds K
   */
  Field field(List<Trial> trials, int folds, Direction direction, Phase phase);

  /** The trials of a study as they stand at a moment. */
  interface Field {

    /** The best trial that has all its folds, by {@link Trial#bestFirst}. */
    Optional<Trial> incumbent();

    /**
     * Judges a trial of the study.
     *
     * <p>{@link RaceDecision.Verdict#STOP} and {@link RaceDecision.Verdict#CONTINUE} for a trial in
     * the race; {@code STOP} and {@link RaceDecision.Verdict#RESUME} for one that was stopped.
     * Nothing if there is nothing to say: the trial has failed, has all its folds or none, or no
     * trial is complete yet.
     *
     * @param at what the decision is dated
     */
    Optional<RaceDecision> judge(Trial trial, Instant at);
  }
}
