package io.warmfold.search;

import static io.warmfold.search.BayesianSearchTest.MIXED;
import static io.warmfold.search.BayesianSearchTest.folds;
import static io.warmfold.search.BayesianSearchTest.trials;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.study.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CompletionTest {

  private static History scores(double... scores) {
    List<Observation> trials = new ArrayList<>();
    for (double score : scores) {
      trials.add(
          new Observation(
              trials.size(), MIXED.decode(new double[4]), folds(score, score), 2, false));
    }
    return History.of(Direction.MAXIMIZE, trials);
  }

  @Test
  void theTargetIsReachedByCompleteTrialsOnly() {
    assertThat(Completion.targetReached(scores(0.7, 0.9), 0.9)).isTrue();
    assertThat(Completion.targetReached(scores(0.7, 0.8), 0.9)).isFalse();
    var partial = new Observation(0, MIXED.decode(new double[4]), folds(0.95), 2, false);
    assertThat(Completion.targetReached(History.of(Direction.MAXIMIZE, List.of(partial)), 0.9))
        .isFalse();
  }

  @Test
  void notImprovingCountsTheTrialsSinceTheBest() {
    assertThat(Completion.notImproving(scores(1, 3, 2, 3), 2)).isTrue();
    assertThat(Completion.notImproving(scores(1, 3, 2, 3), 3)).isFalse();
    assertThat(Completion.notImproving(scores(1, 3, 2, 4), 1)).isFalse();
    assertThat(Completion.notImproving(scores(), 1)).isFalse();
  }

  @Test
  void convergenceIsMeasuredInStandardErrors() {
    var history = History.of(Direction.MINIMIZE, trials(30, 1, BayesianSearchTest::cost));
    double error = Completion.standardError(history).orElseThrow();
    // Noise of 0.01 in each of three folds.
    assertThat(error).isBetween(0.003, 0.012);
    assertThat(Completion.converged(history, OptionalDouble.of(0.05 * error), 0.1)).isTrue();
    assertThat(Completion.converged(history, OptionalDouble.of(0.2 * error), 0.1)).isFalse();
    assertThat(Completion.converged(history, OptionalDouble.empty(), 0.1)).isFalse();
  }

  @Test
  void theExpectedGainShrinksAsTheOptimumIsFound() {
    var far = History.of(Direction.MINIMIZE, trials(15, 1, BayesianSearchTest::cost));
    List<Observation> near = new ArrayList<>(far.trials());
    var searcher = Searchers.named("Bayesian");
    for (int i = 15; i < 50; i++) {
      var next =
          (Suggestion.Candidate)
              searcher.suggest(MIXED, History.of(Direction.MINIMIZE, near), List.of(), 1);
      double cost = BayesianSearchTest.cost(next.hyperParameters());
      near.add(new Observation(i, next.hyperParameters(), folds(cost, cost, cost), 3, false));
    }
    double before = Completion.expectedGain(MIXED, far, List.of(), 1).orElseThrow();
    double after =
        Completion.expectedGain(MIXED, History.of(Direction.MINIMIZE, near), List.of(), 1)
            .orElseThrow();
    assertThat(before).isGreaterThan(0.01);
    assertThat(after).isLessThan(0.1 * before);
    assertThat(Completion.expectedGain(MIXED, scores(1), List.of(), 1)).isEmpty();
  }
}
