package io.warmfold.study;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One combination of hyperparameters and what became of it. Its status is derived from these facts,
 * once, because every turn of every lane asks all trials of a study for theirs. Immutable.
 */
public final class Trial {

  private final int number;
  private final SortedMap<String, String> hyperParameters;
  private final String origin;
  private final Instant createdAt;
  private final SortedMap<Integer, FoldClaim> claims;
  private final SortedMap<Integer, FoldOutcome> outcomes;
  private final Optional<String> stoppedByRace;
  private final List<RaceDecision> decisions;
  private final long lost;

  private final SortedMap<Integer, Double> scores;
  private final List<Double> firstScores;
  private final Optional<String> failure;
  private final int scored;
  private final double mean;

  /**
   * A trial.
   *
   * @param number from 0, in the order of suggestion
   * @param hyperParameters the tuned ones
   * @param origin what suggested it
   * @param claims the folds that somebody holds
   * @param outcomes the folds that have ended
   * @param stoppedByRace why the race stopped it, if it did; follows from the last decision if
   *     there is one
   * @param decisions of the race, in the order in which they were made
   * @param lost instance seconds that SageMaker bills for its jobs which brought no outcome
   */
  public Trial(
      int number,
      SortedMap<String, String> hyperParameters,
      String origin,
      Instant createdAt,
      SortedMap<Integer, FoldClaim> claims,
      SortedMap<Integer, FoldOutcome> outcomes,
      Optional<String> stoppedByRace,
      List<RaceDecision> decisions,
      long lost) {
    this.number = number;
    this.hyperParameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperParameters));
    this.origin = origin;
    this.createdAt = createdAt;
    this.claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
    this.outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    this.decisions = List.copyOf(decisions);
    this.lost = lost;
    this.stoppedByRace =
        this.decisions.isEmpty()
            ? stoppedByRace
            : Optional.of(this.decisions.getLast())
                .filter(last -> last.verdict() == RaceDecision.Verdict.STOP)
                .map(RaceDecision::explanation);
    var found = new TreeMap<Integer, Double>();
    var first = new ArrayList<Double>();
    String reason = null;
    for (var outcome : this.outcomes.entrySet()) {
      switch (outcome.getValue()) {
        case FoldOutcome.Scored one -> {
          found.put(outcome.getKey(), one.score());
          if (outcome.getKey() == first.size()) {
            first.add(one.score());
          }
        }
        case FoldOutcome.Failed one -> reason = reason == null ? one.reason() : reason;
      }
    }
    this.scores = Collections.unmodifiableSortedMap(found);
    this.firstScores = List.copyOf(first);
    this.scored = found.size();
    this.failure = Optional.ofNullable(reason);
    this.mean =
        found.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** A trial none of whose jobs was in vain. */
  public Trial(
      int number,
      SortedMap<String, String> hyperParameters,
      String origin,
      Instant createdAt,
      SortedMap<Integer, FoldClaim> claims,
      SortedMap<Integer, FoldOutcome> outcomes,
      Optional<String> stoppedByRace,
      List<RaceDecision> decisions) {
    this(number, hyperParameters, origin, createdAt, claims, outcomes, stoppedByRace, decisions, 0);
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
    if (claims.isEmpty() || claims.values().stream().allMatch(claim -> claim.isOf(execution))) {
      return this;
    }
    var seen = new TreeMap<Integer, FoldClaim>();
    claims.forEach((fold, claim) -> seen.put(fold, claim.isOf(execution) ? claim : claim.lapsed()));
    return claimed(seen);
  }

  /** This trial as if nobody had made the other claims. */
  public Trial withClaims(Predicate<FoldClaim> made) {
    if (claims.values().stream().allMatch(made)) {
      return this;
    }
    var some = new TreeMap<Integer, FoldClaim>(claims);
    some.values().removeIf(made.negate());
    return claimed(some);
  }

  private Trial claimed(SortedMap<Integer, FoldClaim> others) {
    return new Trial(
        number,
        hyperParameters,
        origin,
        createdAt,
        others,
        outcomes,
        stoppedByRace,
        decisions,
        lost);
  }

  /** From 0, in the order of suggestion. */
  public int number() {
    return number;
  }

  /** The tuned ones. */
  public SortedMap<String, String> hyperParameters() {
    return hyperParameters;
  }

  /** What suggested it. */
  public String origin() {
    return origin;
  }

  /** When it began. */
  public Instant createdAt() {
    return createdAt;
  }

  /** The folds that somebody holds. */
  public SortedMap<Integer, FoldClaim> claims() {
    return claims;
  }

  /** The folds that have ended. */
  public SortedMap<Integer, FoldOutcome> outcomes() {
    return outcomes;
  }

  /** Why the race stopped it, if it did. */
  public Optional<String> stoppedByRace() {
    return stoppedByRace;
  }

  /** The decisions of the race, in the order in which they were made. */
  public List<RaceDecision> decisions() {
    return decisions;
  }

  /** Instance seconds that SageMaker bills for its jobs which brought no outcome. */
  public long lost() {
    return lost;
  }

  /** The scores of the folds that have one, by fold. */
  public SortedMap<Integer, Double> scores() {
    return scores;
  }

  /** The scores up to the first fold without one. */
  public List<Double> firstScores() {
    return firstScores;
  }

  /** Why the trial failed, if a fold of it did. */
  public Optional<String> failure() {
    return failure;
  }

  /** Whether all K folds have a score. */
  public boolean complete(int folds) {
    return scored == folds;
  }

  /** Whether no further fold of it will be started. */
  public boolean finished(int folds) {
    return stoppedByRace.isPresent() || complete(folds) || failure.isPresent();
  }

  /** The mean of the scores of a complete trial: its CV score. */
  public OptionalDouble cvScore(int folds) {
    return complete(folds) ? OptionalDouble.of(mean) : OptionalDouble.empty();
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

  @Override
  public boolean equals(Object other) {
    return other instanceof Trial trial
        && number == trial.number
        && hyperParameters.equals(trial.hyperParameters)
        && Objects.equals(origin, trial.origin)
        && Objects.equals(createdAt, trial.createdAt)
        && claims.equals(trial.claims)
        && outcomes.equals(trial.outcomes)
        && stoppedByRace.equals(trial.stoppedByRace)
        && decisions.equals(trial.decisions)
        && lost == trial.lost;
  }

  @Override
  public int hashCode() {
    return Objects.hash(number, hyperParameters, outcomes, claims);
  }

  @Override
  public String toString() {
    return "Trial[number="
        + number
        + ", hyperParameters="
        + hyperParameters
        + ", origin="
        + origin
        + ", claims="
        + claims
        + ", outcomes="
        + outcomes
        + ", stoppedByRace="
        + stoppedByRace
        + ", decisions="
        + decisions
        + ", lost="
        + lost
        + "]";
  }
}
