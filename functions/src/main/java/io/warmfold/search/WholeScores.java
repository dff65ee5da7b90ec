package io.warmfold.search;

import io.warmfold.search.gp.FoldPatterns;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What trials with some of their folds would come to with all: by the pattern that complete trials
 * about them show, or else by what each fold adds to all trials alike.
 */
record WholeScores(FoldEffects effects, Optional<FoldPatterns> patterns, int folds) {

  /**
   * A mean over all folds.
   *
   * @param variance of the error of that; 0 for a trial that has all its folds
   */
  record Whole(double mean, double variance) {}

  /**
   * Learns from a study.
   *
   * @param scores of all trials that have folds in common
   * @param trials of this study, whose hyperparameters are the space's
   */
  static WholeScores of(
      SearchSpace space,
      Direction direction,
      List<SortedMap<Integer, Double>> scores,
      List<Observation> trials,
      int folds) {
    var complete =
        trials.stream()
            .filter(trial -> trial.complete() && trial.folds() == folds)
            .sorted(
                Comparator.<Observation>comparingDouble(trial -> direction.cost(trial.mean()))
                    .thenComparingInt(Observation::trial))
            .limit(FoldPatterns.MOST)
            .map(
                trial ->
                    new FoldPatterns.Complete(
                        trial.hyperParameters(), List.copyOf(trial.foldScores().values())))
            .toList();
    return new WholeScores(FoldEffects.of(scores, folds), FoldPatterns.of(space, complete), folds);
  }

  /** What a trial with these scores would come to. */
  Whole of(Map<String, String> hyperParameters, SortedMap<Integer, Double> scores) {
    if (scores.size() < folds && patterns.isPresent()) {
      var estimate = patterns.get().estimate(hyperParameters, scores);
      if (Double.isFinite(estimate.mean()) && Double.isFinite(estimate.variance())) {
        return new Whole(
            estimate.mean(), estimate.variance() * FoldEffects.missing(scores.size(), folds));
      }
    }
    return new Whole(effects.corrected(scores), effects.variance(scores.size(), folds));
  }
}
