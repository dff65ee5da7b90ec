package io.warmfold.race;

import io.warmfold.study.Direction;
import io.warmfold.study.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rule of paired differences: on the folds that a trial has run it is compared with the
 * incumbent, so that what makes a fold hard for both cancels out.
 *
 * <p>Let D be the mean of the j paired differences (above 0 is worse) and s² their variance, shrunk
 * towards the variance s₀² that differences of like trials have: s² = (ν₀s₀² + SS) / (ν₀ + j − 1).
 * The mean of all K is D + s·√(1/j − 1/K) times Student's t with ν₀ + j − 1 degrees of freedom.
 */
final class Pairs implements Rule {

  /** ν₀: how many degrees of freedom like trials are worth. */
  private static final int STRENGTH = 7;

  /** Fewer past trials than this make no prior. */
  private static final int LEAST_LIKE = 5;

  // A median does not get better by hundreds, and a decision lists the trials that it used.
  private static final int MOST_LIKE = 25;

  /** So many folds are needed without a prior. */
  private static final int FOLDS_WITHOUT = 3;

  private final SortedMap<Integer, Double> incumbent;
  private final SortedMap<Integer, Integer> like;
  private final OptionalDouble pooled;
  private final int folds;
  private final Direction direction;

  private Pairs(
      SortedMap<Integer, Double> incumbent,
      SortedMap<Integer, Integer> like,
      OptionalDouble pooled,
      int folds,
      Direction direction) {
    this.incumbent = incumbent;
    this.like = like;
    this.pooled = pooled;
    this.folds = folds;
    this.direction = direction;
  }

  /** The rule among the trials of a study. */
  static Pairs of(Trial incumbent, List<Trial> trials, int folds, Direction direction) {
    return of(incumbent, trials, like(incumbent, trials, folds, direction), folds, direction);
  }

  /**
   * The rule with a prior from these trials.
   *
   * @param like how many of the first folds of each are used, by their numbers
   */
  static Pairs of(
      Trial incumbent,
      List<Trial> trials,
      SortedMap<Integer, Integer> like,
      int folds,
      Direction direction) {
    var best = incumbent.firstScores();
    double[] variances =
        trials.stream()
            .filter(trial -> like.containsKey(trial.number()))
            .mapToDouble(
                trial -> {
                  int first = like.get(trial.number());
                  return typical(
                      Differences.of(
                          trial.firstScores().subList(0, first),
                          best.subList(0, first),
                          direction));
                })
            .sorted()
            .toArray();
    var pooled =
        variances.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(variances));
    return new Pairs(incumbent.scores(), like, pooled, folds, direction);
  }

  /** The past trials nearest to the incumbent: a third of all, by the mean difference. */
  private static SortedMap<Integer, Integer> like(
      Trial best, List<Trial> trials, int folds, Direction direction) {
    record Near(Trial trial, double distance, double variance) {}
    var nearest =
        Comparator.comparingDouble(Near::distance)
            .thenComparingDouble(Near::variance)
            .thenComparingInt(one -> one.trial().number());
    var incumbent = best.firstScores();
    // The farthest first, which the next nearer one puts out: nobody needs the order of thousands.
    var near = new PriorityQueue<>(nearest.reversed());
    int all = 0;
    for (var trial : trials) {
      int seen = trial.firstScores().size();
      if (seen >= 2
          && trial.number() != best.number()
          && trial.failure().isEmpty()
          && trial.finished(folds)) {
        var differences = Differences.of(trial.firstScores(), incumbent, direction);
        // Two combinations that are the same model say nothing about two that are not.
        if (differences.differ()) {
          all++;
          near.add(new Near(trial, Math.abs(differences.mean()), differences.variance()));
          if (near.size() > MOST_LIKE) {
            near.remove();
          }
        }
      }
    }
    var like = new TreeMap<Integer, Integer>();
    if (all >= LEAST_LIKE) {
      near.stream()
          .sorted(nearest)
          .limit(Math.clamp(Math.ceilDiv(all, 3), LEAST_LIKE, MOST_LIKE))
          .map(Near::trial)
          .forEach(trial -> like.put(trial.number(), trial.firstScores().size()));
    }
    return like;
  }

  @Override
  public Optional<Chance> chance(Trial trial, SortedMap<Integer, Double> scores) {
    int seen = scores.size();
    if (seen < (pooled.isEmpty() ? FOLDS_WITHOUT : 1)) {
      return Optional.empty();
    }
    var same = scores.keySet().stream().map(fold -> incumbent.get(fold)).toList();
    var differences = Differences.of(List.copyOf(scores.values()), same, direction);
    int strength = pooled.isPresent() ? STRENGTH : 0;
    int degrees = strength + seen - 1;
    double variance = (strength * pooled.orElse(0) + differences.squares()) / degrees;
    return Chance.of(differences.mean(), like, pooled, variance, degrees, seen, folds);
  }

  /**
   * A variance whose median over samples of this size is the true one: the median of χ² with ν
   * degrees of freedom is about ν(1 − 2/(9ν))³ (Wilson and Hilferty, 1931).
   */
  private static double typical(Differences differences) {
    double root = 1 - 2.0 / (9 * (differences.count() - 1));
    return differences.variance() / (root * root * root);
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * sorted[half - 1] + 0.5 * sorted[half];
  }
}
