package io.warmfold.schedule;

import io.warmfold.race.Race;
import io.warmfold.study.Direction;
import io.warmfold.study.FoldClaim;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A study in memory, whose folds end at random or, with a negative seed, round by round. */
final class MemoryStudy {

  private final double[][] scores;
  private final Optional<Race> race;
  private final int slots;
  private final int parallelFolds;
  private final long seed;
  private final List<Trial> trials = new ArrayList<>();
  private final List<String> ran = new ArrayList<>();
  private final List<List<String>> rounds = new ArrayList<>();
  private final List<int[]> running = new ArrayList<>();
  private BiConsumer<Situation, Turn> watcher = (situation, turn) -> {};
  private int most;
  private int budget = Integer.MAX_VALUE;
  private Optional<Budget> money = Optional.empty();
  private Optional<long[][]> costs = Optional.empty();

  MemoryStudy(
      double[][] scores, Optional<? extends Race> race, int slots, int parallelFolds, long seed) {
    this.scores = scores;
    this.race = race.map(one -> one);
    this.slots = slots;
    this.parallelFolds = parallelFolds;
    this.seed = seed;
  }

  /** Shows somebody every situation and what was decided in it. */
  void watch(BiConsumer<Situation, Turn> watcher) {
    this.watcher = watcher;
  }

  /** At most so many folds in all. */
  void allow(int folds) {
    budget = folds;
  }

  /** So much money, of which each fold takes so much. */
  void pay(Budget money, long[][] costs) {
    this.money = Optional.of(money);
    this.costs = Optional.of(costs);
  }

  /** What all folds have cost. */
  long cost() {
    return trials.stream()
        .flatMap(trial -> trial.outcomes().values().stream())
        .mapToLong(FoldOutcome::billable)
        .sum();
  }

  List<String> ran() {
    return ran;
  }

  List<List<String>> rounds() {
    return rounds;
  }

  int mostAtOnce() {
    return most;
  }

  List<Trial> trials() {
    return trials;
  }

  void run() {
    var random = new SplittableRandom(seed);
    int idle = slots;
    while (idle > 0 || !running.isEmpty()) {
      var round = new ArrayList<String>();
      int waiting = 0;
      while (idle > 0) {
        idle--;
        switch (decided()) {
          case Turn.Fold(int trial, int fold) -> start(trial, fold, round);
          case Turn.NewTrial(int number) -> {
            trials.add(trial(number, new TreeMap<>(), new TreeMap<>(), List.of()));
            start(number, 0, round);
          }
          case Turn.Wait wait -> waiting++;
          case Turn.Decide decide -> throw new IllegalStateException("decided");
          case Turn.Done done -> {}
        }
      }
      if (!round.isEmpty()) {
        rounds.add(round);
      }
      most = Math.max(most, running.size());
      if (running.isEmpty() && waiting > 0) {
        throw new IllegalStateException("all wait");
      }
      do {
        if (!running.isEmpty()) {
          end(running.remove(seed < 0 ? 0 : random.nextInt(running.size())));
          idle++;
        }
      } while (seed < 0 && !running.isEmpty());
      idle += waiting;
    }
  }

  Turn next() {
    var situation =
        new Situation(
            trials,
            scores[0].length,
            parallelFolds,
            scores.length,
            slots,
            Direction.MINIMIZE,
            race,
            money
                .map(one -> one.allowance(trials, scores[0].length, Instant.EPOCH))
                .orElse(Allowance.UNLIMITED)
                .and(
                    new Allowance(
                        Integer.MAX_VALUE,
                        budget == Integer.MAX_VALUE ? budget : budget - ran.size())),
            false,
            Instant.EPOCH);
    var turn = Scheduler.next(situation);
    watcher.accept(situation, turn);
    return turn;
  }

  private Turn decided() {
    while (next() instanceof Turn.Decide(var decisions)) {
      decisions.forEach(this::decide);
    }
    return next();
  }

  private void decide(int number, RaceDecision decision) {
    var old = trials.get(number);
    var decisions = new ArrayList<>(old.decisions());
    decisions.add(decision);
    trials.set(
        number,
        trial(number, new TreeMap<>(old.claims()), new TreeMap<>(old.outcomes()), decisions));
  }

  private void start(int number, int fold, List<String> round) {
    var old = trials.get(number);
    var claims = new TreeMap<>(old.claims());
    claims.put(fold, new FoldClaim("one/0-0/0", Instant.MAX));
    trials.set(number, trial(number, claims, new TreeMap<>(old.outcomes()), old.decisions()));
    running.add(new int[] {number, fold});
    ran.add(number + "/" + fold);
    round.add(number + "/" + fold);
  }

  private void end(int[] fold) {
    var old = trials.get(fold[0]);
    var claims = new TreeMap<>(old.claims());
    claims.remove(fold[1]);
    var outcomes = new TreeMap<>(old.outcomes());
    long cost = costs.map(all -> all[fold[0]][fold[1]]).orElse(1L);
    outcomes.put(
        fold[1], new FoldOutcome.Scored("job", scores[fold[0]][fold[1]], Instant.EPOCH, 1, cost));
    trials.set(fold[0], trial(fold[0], claims, outcomes, old.decisions()));
    if (!trials.get(fold[0]).finished(scores[0].length)) {
      race.flatMap(
              one ->
                  one.field(
                          trials,
                          scores[0].length,
                          Direction.MINIMIZE,
                          Race.Phase.of(trials.size(), scores.length))
                      .judge(trials.get(fold[0]), Instant.EPOCH))
          .ifPresent(decision -> decide(fold[0], decision));
    }
  }

  private static Trial trial(
      int number,
      SortedMap<Integer, FoldClaim> claims,
      SortedMap<Integer, FoldOutcome> outcomes,
      List<RaceDecision> decisions) {
    return new Trial(
        number,
        new TreeMap<>(),
        "test",
        Instant.EPOCH,
        claims,
        outcomes,
        Optional.empty(),
        decisions);
  }
}
