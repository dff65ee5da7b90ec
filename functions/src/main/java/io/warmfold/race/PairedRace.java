package io.warmfold.race;

import io.warmfold.study.Direction;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The paired race: a trial is compared with the incumbent on the folds that it has run, so that
 * what makes a fold hard for both cancels out.
 *
 * <p>Let D be the mean of the j paired differences (above 0 is worse) and s² their variance, shrunk
 * towards the variance s₀² that differences of like trials have: s² = (ν₀s₀² + SS) / (ν₀ + j − 1).
 * Given the j differences, the mean of all K is distributed as D + s·√(1/j − 1/K) times Student's t
 * with ν₀ + j − 1 degrees of freedom, which gives the chance of a CV score that beats the
 * incumbent's. The trial is stopped when D is above 0 and that chance below alpha, or below half of
 * it after a single fold, whose difference has no spread of its own to be judged by. While new
 * trials can be made, it is stopped already when the chance is below {@value #DOUBTFUL}: a new
 * trial is then worth more than its next fold, and if its chance against a later, better incumbent
 * is still above alpha, it is resumed when the search is over.
 *
 * <p>docs/adr/0009-race.md says what was measured and what was not taken.
 */
public final class PairedRace implements Race {

  /**
   * How like trials are made use of.
   *
   * @param strength ν₀: how many degrees of freedom they are worth
   * @param least fewer past trials than this make no prior
   * @param first the first number of folds after which a trial with a prior may be stopped
   * @param without the same without a prior
   * @param steady whether a variance of few differences is corrected for the skewness of its
   *     distribution before the median is taken
   */
  record Prior(int strength, int least, int first, int without, boolean steady) {
    static final Prior STANDARD = new Prior(7, 5, 1, 3, true);
  }

  /** The chance below which a trial makes room for a new one. */
  static final double DOUBTFUL = 0.15;

  // A median does not get better by hundreds, and a decision lists the trials that it used.
  private static final int MOST_LIKE = 25;

  private final double alpha;
  private final Prior prior;

  /**
   * @param alpha a trial is stopped when its chance to beat the incumbent is below, in (0, 0.5)
   */
  public PairedRace(double alpha) {
    this(alpha, Prior.STANDARD);
  }

  PairedRace(double alpha, Prior prior) {
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException("alpha is a number above 0 and below 0.5, not " + alpha);
    }
    this.alpha = alpha;
    this.prior = prior;
  }

  @Override
  public Field field(List<Trial> trials, int folds, Direction direction, Phase phase) {
    return trials.stream()
        .filter(trial -> trial.complete(folds))
        .min(Trial.bestFirst(folds, direction))
        .<Field>map(
            best -> new Heat(best, like(trials, folds, best, direction), folds, direction, phase))
        .orElse(NOBODY);
  }

  /**
   * Makes a decision of this rule again, from the scores that the ledger holds by now.
   *
   * @param made the decision
   * @param trial the trial that it was made on
   * @param trials the study's trials; those that the decision names have to be there
   * @return the same decision, if it is right
   */
  public static Optional<RaceDecision> again(
      RaceDecision made, Trial trial, List<Trial> trials, Direction direction) {
    var scores = new TreeMap<Integer, List<Double>>();
    for (var one : trials) {
      scores.put(one.number(), one.firstScores());
    }
    var best = scores.get(made.incumbent());
    var like = new ArrayList<Past>();
    made.like()
        .forEach(
            (number, first) ->
                like.add(
                    new Past(
                        number, scores.get(number).subList(0, first), best.subList(0, first))));
    var own = made.folds().stream().map(fold -> trial.scores().get(fold)).toList();
    var same = made.folds().stream().map(best::get).toList();
    var race = new PairedRace(made.alpha());
    return race.chance(own, same, race.pooled(like, direction), made.of(), direction)
        .map(
            chance ->
                new RaceDecision(
                    verdict(made.verdict() == Verdict.RESUME, chance, made.alpha()),
                    made.at(),
                    made.folds(),
                    made.of(),
                    made.incumbent(),
                    chance.difference(),
                    made.like(),
                    chance.prior(),
                    chance.variance(),
                    chance.degrees(),
                    chance.chance(),
                    made.alpha()));
  }

  /** The chance without which a trial does not go on, after so many folds. */
  private double leastChance(int seen, boolean stopped, Phase phase) {
    double certain = seen == 1 ? alpha / 2 : alpha;
    return phase == Phase.SEARCH && !stopped ? Math.max(certain, DOUBTFUL) : certain;
  }

  private static Verdict verdict(boolean stopped, Chance chance, double least) {
    if (stopped) {
      return chance.chance() > least ? Verdict.RESUME : Verdict.STOP;
    }
    return chance.difference() > 0 && chance.chance() < least ? Verdict.STOP : Verdict.CONTINUE;
  }

  /** A past trial with its scores on the first folds, beside the incumbent's on the same ones. */
  record Past(int number, List<Double> own, List<Double> incumbent) {}

  /** The past trials nearest to the incumbent: a third of all, by the mean difference. */
  private List<Past> like(List<Trial> trials, int folds, Trial best, Direction direction) {
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
    if (all < prior.least()) {
      return List.of();
    }
    int many = Math.clamp(Math.ceilDiv(all, 3), prior.least(), MOST_LIKE);
    return near.stream()
        .sorted(nearest)
        .limit(many)
        .map(
            one -> {
              var own = one.trial().firstScores();
              return new Past(one.trial().number(), own, incumbent.subList(0, own.size()));
            })
        .toList();
  }

  /** The variance that like trials' differences have; empty without any. */
  private OptionalDouble pooled(List<Past> like, Direction direction) {
    if (like.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        median(
            like.stream()
                .map(past -> Differences.of(past.own(), past.incumbent(), direction))
                .mapToDouble(this::typical)
                .sorted()
                .toArray()));
  }

  /**
   * The chance that a trial's CV score beats the incumbent's, from nothing but scores.
   *
   * @param own the trial's scores on its folds
   * @param incumbent the incumbent's on the same folds
   * @param pooled of {@link #pooled}
   * @return nothing if no decision can be made on so few folds, or the scores are of a magnitude
   *     that double arithmetic does not hold
   */
  Optional<Chance> chance(
      List<Double> own,
      List<Double> incumbent,
      OptionalDouble pooled,
      int folds,
      Direction direction) {
    int seen = own.size();
    if (seen < (pooled.isEmpty() ? prior.without() : prior.first())) {
      return Optional.empty();
    }
    var differences = Differences.of(own, incumbent, direction);
    int strength = pooled.isPresent() ? prior.strength() : 0;
    int degrees = strength + seen - 1;
    double variance = (strength * pooled.orElse(0) + differences.squares()) / degrees;
    double mean = differences.mean();
    double scale = StrictMath.sqrt(variance * (1.0 / seen - 1.0 / folds));
    double chance =
        scale > 0 ? StudentT.below(-mean / scale, degrees) : mean > 0 ? 0 : mean < 0 ? 1 : 0.5;
    return Double.isFinite(mean) && Double.isFinite(variance)
        ? Optional.of(new Chance(mean, pooled, variance, degrees, chance))
        : Optional.empty();
  }

  /**
   * A variance whose median over samples of this size is the true one: the median of χ² with ν
   * degrees of freedom is about ν(1 − 2/(9ν))³ (Wilson and Hilferty, 1931).
   */
  private double typical(Differences differences) {
    double root = 1 - 2.0 / (9 * (differences.count() - 1));
    return prior.steady() ? differences.variance() / (root * root * root) : differences.variance();
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * sorted[half - 1] + 0.5 * sorted[half];
  }

  /** What the rule makes of some scores; the names are those of {@link RaceDecision}. */
  record Chance(
      double difference, OptionalDouble prior, double variance, int degrees, double chance) {}

  /** The field while no trial is complete. */
  private static final Field NOBODY =
      new Field() {
        @Override
        public Optional<Trial> incumbent() {
          return Optional.empty();
        }

        @Override
        public Optional<RaceDecision> judge(Trial trial, Instant at) {
          return Optional.empty();
        }
      };

  /** The field with an incumbent. */
  private final class Heat implements Field {

    private final Trial incumbent;
    private final SortedMap<Integer, Double> best;
    private final OptionalDouble pooled;
    private final NavigableMap<Integer, Integer> names = new TreeMap<>();
    private final int folds;
    private final Direction direction;
    private final Phase phase;

    Heat(Trial incumbent, List<Past> like, int folds, Direction direction, Phase phase) {
      this.incumbent = incumbent;
      this.best = incumbent.scores();
      this.pooled = pooled(like, direction);
      like.forEach(past -> names.put(past.number(), past.own().size()));
      this.folds = folds;
      this.direction = direction;
      this.phase = phase;
    }

    @Override
    public Optional<Trial> incumbent() {
      return Optional.of(incumbent);
    }

    @Override
    public Optional<RaceDecision> judge(Trial trial, Instant at) {
      if (trial.failure().isPresent() || trial.complete(folds)) {
        return Optional.empty();
      }
      var scores = trial.scores();
      var same = scores.keySet().stream().map(fold -> best.get(fold)).toList();
      boolean stopped = trial.stoppedByRace().isPresent();
      double least = leastChance(scores.size(), stopped, phase);
      return chance(List.copyOf(scores.values()), same, pooled, folds, direction)
          .map(
              chance ->
                  new RaceDecision(
                      verdict(stopped, chance, least),
                      at,
                      List.copyOf(scores.keySet()),
                      folds,
                      incumbent.number(),
                      chance.difference(),
                      names,
                      chance.prior(),
                      chance.variance(),
                      chance.degrees(),
                      chance.chance(),
                      least));
    }
  }
}
