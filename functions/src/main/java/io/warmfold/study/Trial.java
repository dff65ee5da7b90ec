package io.warmfold.study;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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
 * @param stoppedByRace why the race stopped it, if it did; follows from the last decision if there
 *     is one
 * @param decisions of the race, in the order in which they were made
 */
public record Trial(
    int number,
    SortedMap<String, String> hyperParameters,
    String origin,
    Instant createdAt,
    SortedMap<Integer, FoldClaim> claims,
    SortedMap<Integer, FoldOutcome> outcomes,
    Optional<String> stoppedByRace,
    List<RaceDecision> decisions) {

  public Trial {
    hyperParameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperParameters));
    claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
    outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    decisions = List.copyOf(decisions);
    if (!decisions.isEmpty()) {
      var last = decisions.getLast();
      stoppedByRace =
          last.verdict() == RaceDecision.Verdict.STOP
              ? Optional.of(last.explanation())
              : Optional.empty();
    }
  }

  /** A trial whose decisions are not known one by one, as earlier releases wrote them. */
  public Trial(
      int number,
      SortedMap<String, String> hyperParameters,
      String origin,
      Instant createdAt,
      SortedMap<Integer, FoldClaim> claims,
      SortedMap<Integer, FoldOutcome> outcomes,
      Optional<String> stoppedByRace) {
    this(number, hyperParameters, origin, createdAt, claims, outcomes, stoppedByRace, List.of());
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
    return new Trial(
        number, hyperParameters, origin, createdAt, seen, outcomes, stoppedByRace, decisions);
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
    for (var outcome : outcomes.values()) {
      if (outcome instanceof FoldOutcome.Failed failed) {
        return Optional.of(failed.reason());
      }
    }
    return Optional.empty();
  }

  /** Whether all K folds have a score. */
  public boolean complete(int folds) {
    if (outcomes.size() < folds) {
      return false;
    }
    int scored = 0;
    for (var outcome : outcomes.values()) {
      scored += outcome instanceof FoldOutcome.Scored ? 1 : 0;
    }
    return scored == folds;
  }

  /** Whether no further fold of it will be started. */
  public boolean finished(int folds) {
    return stoppedByRace.isPresent() || complete(folds) || failure().isPresent();
  }

  /** The mean of the scores of a complete trial: its CV score. */
  public OptionalDouble cvScore(int folds) {
    return complete(folds)
        ? scores().values().stream().mapToDouble(Double::doubleValue).average()
        : OptionalDouble.empty();
  }

  /** Best first: complete trials by CV score, then by standard error, then by age. */
  public static Comparator<Trial> bestFirst(int folds, Direction direction) {
    Comparator<Trial> byScore =
        Comparator.comparingDouble(trial -> trial.cvScore(folds).orElseThrow());
    return (direction == Direction.MINIMIZE ? byScore : byScore.reversed())
        .thenComparingDouble(trial -> trial.standardError(folds).orElse(0))
        .thenComparingInt(Trial::number);
  }

  /** How many folds are being run at this time, as far as the ledger knows. */
  public int inFlight(Instant now) {
    return (int) claims.values().stream().filter(claim -> claim.holds(now)).count();
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
