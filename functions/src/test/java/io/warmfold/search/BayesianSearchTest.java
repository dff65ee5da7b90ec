package io.warmfold.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmfold.search.History.Parent;
import io.warmfold.space.Parameter.Categorical;
import io.warmfold.space.Parameter.Continuous;
import io.warmfold.space.Parameter.Integral;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import io.warmfold.study.WarmStartType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class BayesianSearchTest {

  static final SearchSpace MIXED =
      SearchSpace.of(
          List.of(
              new Continuous("rate", 1e-4, 1, Scaling.AUTO),
              new Continuous("x", 0, 1, Scaling.LINEAR),
              new Integral("depth", 1, 10, Scaling.LINEAR),
              new Categorical("kind", List.of("a", "b", "c"))));

  private static final Searcher BAYESIAN = Searchers.named("Bayesian");

  static double cost(Map<String, String> at) {
    double rate = Math.log10(Double.parseDouble(at.get("rate"))) + 2;
    double x = Double.parseDouble(at.get("x")) - 0.7;
    double depth = Double.parseDouble(at.get("depth")) - 4;
    return rate * rate + 5 * x * x + 0.05 * depth * depth + (at.get("kind").equals("b") ? 0 : 0.5);
  }

  static SortedMap<Integer, Double> folds(double... scores) {
    SortedMap<Integer, Double> folds = new TreeMap<>();
    for (double score : scores) {
      folds.put(folds.size(), score);
    }
    return folds;
  }

  /** Trials drawn at random, with an effect of each fold and noise. */
  static List<Observation> trials(int n, long seed, ToDoubleFunction<Map<String, String>> cost) {
    var random = new SplittableRandom(seed);
    List<Observation> trials = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      var at = MIXED.decode(random.doubles(4).toArray());
      double mean = cost.applyAsDouble(at);
      trials.add(
          new Observation(
              i,
              at,
              folds(
                  mean + 0.5 + 0.01 * random.nextGaussian(),
                  mean - 0.5 + 0.01 * random.nextGaussian(),
                  mean + 0.01 * random.nextGaussian()),
              3,
              false));
    }
    return trials;
  }

  static Map<String, String> next(History history, List<Pending> pending, long seed) {
    return ((Suggestion.Candidate) BAYESIAN.suggest(MIXED, history, pending, seed))
        .hyperParameters();
  }

  static History minimise(List<Observation> trials) {
    return History.of(Direction.MINIMIZE, trials);
  }

  @Test
  void theOrderOfTheHistoryDoesNotMatter() {
    var trials = new ArrayList<>(trials(25, 1, BayesianSearchTest::cost));
    var pending =
        new ArrayList<>(
            List.of(
                Pending.of(30, MIXED.decode(new double[] {0.1, 0.2, 0.3, 0.4})),
                Pending.of(31, MIXED.decode(new double[] {0.4, 0.3, 0.2, 0.1}))));
    var first = next(minimise(trials), pending, 5);
    Collections.shuffle(trials, new Random(3));
    Collections.reverse(pending);
    assertThat(next(minimise(trials), pending, 5)).isEqualTo(first);
    assertThat(next(minimise(trials), pending, 6)).isNotEqualTo(first);
  }

  @Test
  void theScaleAndTheSignOfTheScoresDoNotMatter() {
    var first = next(minimise(trials(25, 1, BayesianSearchTest::cost)), List.of(), 5);
    List<Observation> scaled = new ArrayList<>();
    List<Observation> turned = new ArrayList<>();
    for (Observation trial : trials(25, 1, BayesianSearchTest::cost)) {
      SortedMap<Integer, Double> up = new TreeMap<>(trial.foldScores());
      up.replaceAll((fold, score) -> score * 0x1p20);
      scaled.add(new Observation(trial.trial(), trial.hyperParameters(), up, 3, false));
      SortedMap<Integer, Double> down = new TreeMap<>(trial.foldScores());
      down.replaceAll((fold, score) -> -score);
      turned.add(new Observation(trial.trial(), trial.hyperParameters(), down, 3, false));
    }
    assertThat(next(minimise(scaled), List.of(), 5)).isEqualTo(first);
    assertThat(next(History.of(Direction.MAXIMIZE, turned), List.of(), 5)).isEqualTo(first);
  }

  @Test
  void itFindsTheOptimumOfASmoothFunction() {
    List<Observation> trials = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 35; i++) {
      var at = next(minimise(trials), List.of(), 11);
      best = Math.min(best, cost(at));
      trials.add(new Observation(i, at, folds(cost(at)), 1, false));
    }
    assertThat(best).isLessThan(0.01);
  }

  @Test
  void twentyPendingTrialsAreTwentyDifferentOnes() {
    var history = minimise(trials(30, 2, BayesianSearchTest::cost));
    var batch = BAYESIAN.suggestBatch(MIXED, history, List.of(), 1, 20);
    assertThat(new HashSet<>(batch)).hasSize(20);
    double mean =
        batch.stream().mapToDouble(one -> cost(one.hyperParameters())).average().orElseThrow();
    double random =
        history.trials().stream()
            .mapToDouble(one -> cost(one.hyperParameters()))
            .average()
            .orElseThrow();
    assertThat(mean).isLessThan(0.5 * random);
  }

  @Test
  void aBatchIsWhatSingleAsksGive() {
    var history = minimise(trials(15, 2, BayesianSearchTest::cost));
    var batch = BAYESIAN.suggestBatch(MIXED, history, List.of(), 1, 2);
    var second = next(history, List.of(Pending.of(15, batch.getFirst().hyperParameters())), 1);
    assertThat(batch.get(1).hyperParameters()).isEqualTo(second);
  }

  @Test
  void theNeighbourhoodOfFailuresIsLeft() {
    List<Observation> trials = new ArrayList<>();
    for (Observation trial : trials(40, 4, BayesianSearchTest::cost)) {
      boolean fails = trial.hyperParameters().get("kind").equals("b");
      trials.add(
          new Observation(
              trial.trial(),
              trial.hyperParameters(),
              fails ? folds() : trial.foldScores(),
              3,
              fails));
    }
    var batch = BAYESIAN.suggestBatch(MIXED, minimise(trials), List.of(), 1, 8);
    assertThat(batch.stream().filter(one -> one.hyperParameters().get("kind").equals("b")))
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void partialTrialsAreComparedWithoutTheirFoldsEffects() {
    var effects =
        FoldEffects.of(
            trials(30, 5, BayesianSearchTest::cost).stream().map(Observation::foldScores).toList(),
            3);
    assertThat(effects.effect()).containsExactly(new double[] {0.5, -0.5, 0}, within(0.02));
    assertThat(effects.corrected(new TreeMap<>(Map.of(0, 2.5)))).isCloseTo(2, within(0.02));
    assertThat(Math.sqrt(effects.variance())).isBetween(0.005, 0.02);
    assertThat(effects.variance(3, 3)).isZero();
    assertThat(effects.variance(1, 3)).isGreaterThan(effects.variance(2, 3));
  }

  @Test
  void seedTrialsComeFirstAndAreFilledIn() {
    var history =
        new History(
            Direction.MINIMIZE, List.of(), List.of(), List.of(Map.of("kind", "c", "x", "0.10")));
    var first = (Suggestion.Candidate) BAYESIAN.suggest(MIXED, history, List.of(), 1);
    assertThat(first.origin()).isEqualTo("SeedTrial");
    assertThat(first.hyperParameters()).containsEntry("kind", "c").containsEntry("x", "0.1");
    var pending = List.of(Pending.of(0, first.hyperParameters()));
    assertThat(((Suggestion.Candidate) BAYESIAN.suggest(MIXED, history, pending, 1)).origin())
        .isEqualTo("Centre");
  }

  @Test
  void parentsOnAnotherScaleAndDirectionTeach() {
    for (WarmStartType kind : WarmStartType.values()) {
      boolean same = kind == WarmStartType.IDENTICAL_DATA_AND_ALGORITHM;
      var parent =
          new Parent(
              "before",
              kind,
              same ? Direction.MINIMIZE : Direction.MAXIMIZE,
              trials(60, 6, at -> same ? cost(at) : 1000 - 70 * cost(at)));
      List<Observation> trials = new ArrayList<>();
      double best = Double.POSITIVE_INFINITY;
      double first = Double.NaN;
      for (int i = 0; i < 8; i++) {
        var history = new History(Direction.MINIMIZE, trials, List.of(parent), List.of());
        var next = (Suggestion.Candidate) BAYESIAN.suggest(MIXED, history, List.of(), 2);
        double cost = cost(next.hyperParameters());
        if (i == 0) {
          assertThat(next.origin()).isEqualTo("Parent");
          first = cost;
        }
        best = Math.min(best, cost);
        trials.add(new Observation(i, next.hyperParameters(), folds(cost), 1, false));
      }
      assertThat(first).isLessThan(0.6);
      assertThat(best).isLessThan(0.1).isLessThan(first);
    }
  }

  @Test
  void aFailureBeforeTheFirstScoreIsNotTakenForTheBestThereWas() {
    var parent =
        new Parent(
            "before",
            WarmStartType.IDENTICAL_DATA_AND_ALGORITHM,
            Direction.MINIMIZE,
            trials(60, 6, at -> 100 + cost(at)));
    var failed = Map.of("rate", "1.0", "x", "0.0", "depth", "10", "kind", "c");
    var history =
        new History(
            Direction.MINIMIZE,
            List.of(new Observation(0, failed, folds(), 3, true)),
            List.of(parent),
            List.of());
    for (var next : BAYESIAN.suggestBatch(MIXED, history, List.of(), 3, 6)) {
      assertThat(cost(next.hyperParameters())).isLessThan(2);
    }
  }

  @Test
  void thousandsOfTrialsOfParentsAreNoTrouble() {
    var parent =
        new Parent(
            "before",
            WarmStartType.TRANSFER_LEARNING,
            Direction.MINIMIZE,
            trials(4000, 7, at -> 50 * cost(at)));
    var history =
        new History(
            Direction.MINIMIZE, trials(3, 1, BayesianSearchTest::cost), List.of(parent), List.of());
    assertThat(cost(next(history, List.of(), 1))).isLessThan(0.5);
  }

  @Test
  void aParentOfAnotherSpaceIsPassedOver() {
    var parent =
        new Parent(
            "before",
            WarmStartType.TRANSFER_LEARNING,
            Direction.MINIMIZE,
            List.of(new Observation(0, Map.of("other", "1"), folds(1), 1, false)));
    var history =
        new History(
            Direction.MINIMIZE,
            trials(12, 1, BayesianSearchTest::cost),
            List.of(parent),
            List.of());
    assertThat(next(history, List.of(), 1)).containsKey("rate");
  }

  @Test
  void thousandsOfTrialsAreNoTrouble() {
    var history = minimise(trials(5000, 8, BayesianSearchTest::cost));
    assertThat(cost(next(history, List.of(), 1))).isLessThan(0.05);
  }
}
