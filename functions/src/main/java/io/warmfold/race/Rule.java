package io.warmfold.race;

import io.warmfold.study.Trial;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** A way to reckon what a trial with some of its folds may come to. Immutable. */
sealed interface Rule permits Pairs, Patterns {

  /**
   * What a rule makes of some scores; the names are those of {@link
   * io.warmfold.study.RaceDecision}.
   */
  record Chance(
      double difference,
      SortedMap<Integer, Integer> like,
      OptionalDouble prior,
      double variance,
      int degrees,
      double chance) {

    /**
     * The chance that the mean of all folds is below 0, when that of the j seen ones is a
     * difference, and that of all is distributed about it as s·√(1/j − 1/K) times Student's t.
     *
     * @return nothing if the scores are of a magnitude that double arithmetic does not hold
     */
    static Optional<Chance> of(
        double difference,
        SortedMap<Integer, Integer> like,
        OptionalDouble prior,
        double variance,
        int degrees,
        int seen,
        int folds) {
      if (!Double.isFinite(difference) || !Double.isFinite(variance)) {
        return Optional.empty();
      }
      double scale = StrictMath.sqrt(variance * (1.0 / seen - 1.0 / folds));
      double chance =
          scale > 0
              ? StudentT.below(-difference / scale, degrees)
              : difference > 0 ? 0 : difference < 0 ? 1 : 0.5;
      return Optional.of(new Chance(difference, like, prior, variance, degrees, chance));
    }
  }

  /**
   * The chance that a trial's CV score beats the incumbent's.
   *
   * @param scores of some of the trial's folds
   * @return nothing if nothing can be said from so few folds, or from none
   */
  Optional<Chance> chance(Trial trial, SortedMap<Integer, Double> scores);
}
