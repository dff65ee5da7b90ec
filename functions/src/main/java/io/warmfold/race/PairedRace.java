package io.warmfold.race;

import io.warmfold.search.gp.FoldPatterns;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The paired race: a trial is compared with the incumbent on the folds that it has run, and its
 * chance of a better CV score is that of {@link Pairs}; or, where complete trials show how folds
 * differ from place to place, the greater one of that and of {@link Patterns}, so that a trial is
 * only stopped when both say so.
 *
 * <p>The trial is stopped when it is expected to be worse and its chance is below alpha, or below
 * half of it after a single fold, whose difference has no spread of its own to be judged by. While
 * new trials can be made, it makes room for them already when the chance is below {@value
 * Race#DOUBTFUL}: a new trial is then worth more than its next fold, and if its chance against a
 * later, better incumbent is still above alpha, it is resumed when the search is over. Where the
 * search learns from the scores ({@link #whereSearchLearns}), a doubtful trial's next fold teaches
 * a young model as much as a new trial's first: among fewer than {@value #YOUNG} trials it makes
 * room from alpha on.
 *
 * <p>docs/adr/0009-race.md and docs/adr/0015-fold-patterns.md say what was measured and what was
 * not taken.
 */
public final class PairedRace implements Race {

  /** A search that learns from fewer trials than this has a young model. */
  static final int YOUNG = 100;

  private final double alpha;
  private final boolean learning;
  private final Optional<SearchSpace> space;

  /**
   * A race that knows nothing of the trials' hyperparameters.
   *
   * @param alpha a trial is stopped when its chance to beat the incumbent is below, in (0, 0.5)
   */
  public PairedRace(double alpha) {
    this(alpha, false, Optional.empty());
  }

  /**
   * A race of trials of a space.
   *
   * @param alpha a trial is stopped when its chance to beat the incumbent is below, in (0, 0.5)
   */
  public PairedRace(double alpha, SearchSpace space) {
    this(alpha, false, Optional.of(space));
  }

  private PairedRace(double alpha, boolean learning, Optional<SearchSpace> space) {
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException("alpha is a number above 0 and below 0.5, not " + alpha);
    }
    this.alpha = alpha;
    this.learning = learning;
    this.space = space;
  }

  /** The same race for a search that learns from the scores, those of stopped trials included. */
  public PairedRace whereSearchLearns() {
    return new PairedRace(alpha, true, space);
  }

  @Override
  public Field field(List<Trial> trials, int folds, Direction direction, Phase phase) {
    var complete =
        trials.stream()
            .filter(trial -> trial.complete(folds))
            .sorted(Trial.bestFirst(folds, direction))
            .limit(FoldPatterns.MOST)
            .toList();
    if (complete.isEmpty()) {
      return NOBODY;
    }
    var incumbent = complete.getFirst();
    List<Rule> rules = new ArrayList<>();
    rules.add(Pairs.of(incumbent, trials, folds, direction));
    space.flatMap(one -> Patterns.of(one, complete, folds, direction)).ifPresent(rules::add);
    return new Heat(incumbent, List.copyOf(rules), folds, roomFrom(trials.size(), phase));
  }

  /**
   * Makes a decision of this rule again, from the scores that the ledger holds by now.
   *
   * @param made the decision
   * @param trial the trial that it was made on
   * @param trials the study's trials; those that the decision names have to be there
   * @return the same decision, if it is right
   */
  public Optional<RaceDecision> again(
      RaceDecision made, Trial trial, List<Trial> trials, Direction direction) {
    var incumbent =
        trials.stream().filter(one -> one.number() == made.incumbent()).findFirst().orElseThrow();
    var scores = new TreeMap<Integer, Double>();
    made.folds().forEach(fold -> scores.put(fold, trial.scores().get(fold)));
    // Only patterns are learnt from the incumbent too.
    Optional<? extends Rule> rule =
        made.like().containsKey(made.incumbent())
            ? space.flatMap(
                one ->
                    Patterns.of(
                        one,
                        trials.stream()
                            .filter(like -> made.like().containsKey(like.number()))
                            .sorted(Trial.bestFirst(made.of(), direction))
                            .toList(),
                        made.of(),
                        direction))
            : Optional.of(Pairs.of(incumbent, trials, made.like(), made.of(), direction));
    return rule.flatMap(one -> one.chance(trial, scores))
        .map(
            chance ->
                decision(
                    chance,
                    verdict(made.verdict() == Verdict.RESUME, chance, made.alpha()),
                    made.at(),
                    made.folds(),
                    made.of(),
                    made.incumbent(),
                    made.alpha()));
  }

  private static RaceDecision decision(
      Rule.Chance chance,
      Verdict verdict,
      Instant at,
      List<Integer> seen,
      int of,
      int incumbent,
      double least) {
    return new RaceDecision(
        verdict,
        at,
        seen,
        of,
        incumbent,
        chance.difference(),
        chance.like(),
        chance.prior(),
        chance.variance(),
        chance.degrees(),
        chance.chance(),
        least);
  }

  /** The chance below which a trial makes room for new ones; 0 where none can be made. */
  private double roomFrom(int trials, Phase phase) {
    return switch (phase) {
      case SEARCH -> learning && trials < YOUNG ? alpha : DOUBTFUL;
      case CLOSE -> 0;
    };
  }

  private static Verdict verdict(boolean stopped, Rule.Chance chance, double least) {
    if (stopped) {
      return chance.chance() > least ? Verdict.RESUME : Verdict.STOP;
    }
    return chance.difference() > 0 && chance.chance() < least ? Verdict.STOP : Verdict.CONTINUE;
  }

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
    private final List<Rule> rules;
    private final int folds;
    private final double room;

    Heat(Trial incumbent, List<Rule> rules, int folds, double room) {
      this.incumbent = incumbent;
      this.rules = rules;
      this.folds = folds;
      this.room = room;
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
      SortedMap<Integer, Double> scores = trial.scores();
      boolean stopped = trial.stoppedByRace().isPresent();
      double certain = scores.size() == 1 ? alpha / 2 : alpha;
      double least = stopped ? certain : Math.max(certain, room);
      return rules.stream()
          .flatMap(rule -> rule.chance(trial, scores).stream())
          .max(Comparator.comparingDouble(Rule.Chance::chance))
          .map(
              chance ->
                  decision(
                      chance,
                      verdict(stopped, chance, least),
                      at,
                      List.copyOf(scores.keySet()),
                      folds,
                      incumbent.number(),
                      least));
    }
  }
}
