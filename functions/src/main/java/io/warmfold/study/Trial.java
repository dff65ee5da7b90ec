package io.warmfold.study;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One combination of hyperparameters and what became of it. Its status is derived from these facts.
 *
 * @param number from 0, in the order of suggestion
 * @param hyperParameters the tuned ones
 * @param origin what suggested it
 * @param claims the folds that somebody holds
 * @param outcomes the folds that have ended
 * @param stoppedByRace why the race stopped it, if it did
 */
public record Trial(
    int number,
    SortedMap<String, String> hyperParameters,
    String origin,
    Instant createdAt,
    SortedMap<Integer, FoldClaim> claims,
    SortedMap<Integer, FoldOutcome> outcomes,
    Optional<String> stoppedByRace) {

  public Trial {
    hyperParameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperParameters));
    claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
    outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
  }

  /**
   * This trial as an execution sees it: claims of other executions have lapsed, because a study has
   * one owner, and what another one left in flight is this one's to take up or to run again.
   *
   * @param execution the name that claimants begin with
   */
  public Trial seenBy(String execution) {
    if (claims.values().stream().allMatch(claim -> claim.isOf(execution))) {
      return this;
    }
    var seen = new TreeMap<Integer, FoldClaim>();
    claims.forEach((fold, claim) -> seen.put(fold, claim.isOf(execution) ? claim : claim.lapsed()));
    return new Trial(number, hyperParameters, origin, createdAt, seen, outcomes, stoppedByRace);
  }

  /** The scores of the folds that have one, by fold. */
  public SortedMap<Integer, Double> scores() {
    var scores = new TreeMap<Integer, Double>();
    outcomes.forEach(
        (fold, outcome) -> {
          if (outcome instanceof FoldOutcome.Scored scored) {
            scores.put(fold, scored.score());
          }
        });
    return scores;
  }

  /** Why the trial failed, if a fold of it did. */
  public Optional<String> failure() {
    return outcomes.values().stream()
        .filter(FoldOutcome.Failed.class::isInstance)
        .map(outcome -> ((FoldOutcome.Failed) outcome).reason())
        .findFirst();
  }

  /** Whether all K folds have a score. */
  public boolean complete(int folds) {
    return scores().size() == folds;
  }

  /** Whether no further fold of it will be started. */
  public boolean finished(int folds) {
    return failure().isPresent() || stoppedByRace.isPresent() || complete(folds);
  }

  /** The mean of the scores of a complete trial: its CV score. */
  public OptionalDouble cvScore(int folds) {
    return complete(folds)
        ? scores().values().stream().mapToDouble(Double::doubleValue).average()
        : OptionalDouble.empty();
  }

  /**
   * The standard error of the CV score: the sample standard deviation of the K scores over √K. It
   * holds the folds' common effect too and so overstates the noise between two trials.
   */
  public OptionalDouble standardError(int folds) {
    var mean = cvScore(folds);
    if (mean.isEmpty() || folds < 2) {
      return OptionalDouble.empty();
    }
    double squares =
        scores().values().stream()
            .mapToDouble(score -> (score - mean.getAsDouble()) * (score - mean.getAsDouble()))
            .sum();
    return OptionalDouble.of(Math.sqrt(squares / (folds - 1) / folds));
  }
}
