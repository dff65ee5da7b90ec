package io.warmfold.race;

import io.warmfold.search.gp.FoldPatterns;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import io.warmfold.study.Trial;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rule of patterns: what a trial comes to is expected from its folds and from how the folds of
 * complete trials about it differ from one another ({@link FoldPatterns}).
 */
final class Patterns implements Rule {

  private final FoldPatterns patterns;
  private final double best;
  private final SortedMap<Integer, Integer> like = new TreeMap<>();
  private final int folds;
  private final Direction direction;

  private Patterns(FoldPatterns patterns, List<Trial> complete, int folds, Direction direction) {
    this.patterns = patterns;
    this.best = direction.cost(complete.getFirst().cvScore(folds).orElseThrow());
    complete.forEach(trial -> like.put(trial.number(), folds));
    this.folds = folds;
    this.direction = direction;
  }

  /**
   * The rule among complete trials.
   *
   * @param complete the incumbent first; all have their folds
   * @return nothing if they show no pattern
   */
  static Optional<Patterns> of(
      SearchSpace space, List<Trial> complete, int folds, Direction direction) {
    var known =
        complete.stream()
            .map(trial -> new FoldPatterns.Complete(trial.hyperParameters(), trial.firstScores()))
            .toList();
    return FoldPatterns.of(space, known)
        .map(patterns -> new Patterns(patterns, complete, folds, direction));
  }

  @Override
  public Optional<Chance> chance(Trial trial, SortedMap<Integer, Double> scores) {
    if (scores.isEmpty()) {
      return Optional.empty();
    }
    var estimate = patterns.estimate(trial.hyperParameters(), scores);
    return Chance.of(
        direction.cost(estimate.mean()) - best,
        like,
        OptionalDouble.of(estimate.prior()),
        estimate.variance(),
        estimate.degrees(),
        scores.size(),
        folds);
  }
}
