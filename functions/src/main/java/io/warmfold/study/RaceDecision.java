package io.warmfold.study;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A decision of the race on a trial, with every number that it came from: together with the fold
 * scores of the trials that it names, it can be made again. Immutable.
 *
 * @param at when it was made
 * @param folds the trial's folds with a score at that time, ascending
 * @param of K
 * @param incumbent the number of the complete trial that it was compared with
 * @param difference what the trial is expected to differ by from the incumbent: the mean difference
 *     on those folds, or by the pattern of complete trials; in units of the score, above 0 is
 *     worse, whatever the direction
 * @param like the trials that the prior variance came from, each with how many of its first folds
 *     were used; empty without a prior; with the incumbent among them when it came from a pattern,
 *     and without it when it came from paired differences
 * @param prior the variance of a fold's difference among those trials; empty without a prior
 * @param variance the variance of a fold's difference that the chance was computed with
 * @param degrees the degrees of freedom of that variance
 * @param chance the probability that the trial's CV score will be better than the incumbent's
 * @param alpha what the chance was compared with
 */
public record RaceDecision(
    Verdict verdict,
    Instant at,
    List<Integer> folds,
    int of,
    int incumbent,
    double difference,
    SortedMap<Integer, Integer> like,
    OptionalDouble prior,
    double variance,
    int degrees,
    double chance,
    double alpha) {

  /** What was decided. */
  public enum Verdict {
    /** The trial stays in the race. */
    CONTINUE,
    /** The trial runs no further fold. */
    STOP,
    /** A trial that was stopped goes on, because it might be the best one after all. */
    RESUME
  }

  public RaceDecision {
    folds = List.copyOf(folds);
    like = Collections.unmodifiableSortedMap(new TreeMap<>(like));
  }

  /** The same numbers, read as another verdict. */
  public RaceDecision as(Verdict other) {
    return new RaceDecision(
        other, at, folds, of, incumbent, difference, like, prior, variance, degrees, chance, alpha);
  }

  /** What was decided and why, for people. */
  public String explanation() {
    return String.format(
        Locale.ROOT,
        "%s after %d of %d folds: %.4g %s than trial %d %s; chance to beat it %.2g %%, %s %.2g %%",
        switch (verdict) {
          case CONTINUE -> "goes on";
          case STOP -> "stopped";
          case RESUME -> "resumed";
        },
        folds.size(),
        of,
        Math.abs(difference),
        difference > 0 ? "worse" : "better",
        incumbent,
        like.containsKey(incumbent) ? "is to be expected" : "on the same folds",
        100 * chance,
        chance < alpha ? "below" : "not below",
        100 * alpha);
  }
}
