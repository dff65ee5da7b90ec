package io.warmfold.search;

import static io.warmfold.search.BayesianSearchTest.MIXED;
import static io.warmfold.search.BayesianSearchTest.cost;
import static io.warmfold.search.BayesianSearchTest.folds;
import static io.warmfold.search.BayesianSearchTest.minimise;
import static io.warmfold.search.BayesianSearchTest.next;
import static io.warmfold.search.BayesianSearchTest.trials;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.search.gp.Design;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What suggestions aim at in a noisy search, and how widely they guess at pending outcomes. */
class AimsTest {

  /** As a search that has closed in leaves them: two thirds about the optimum, with noise. */
  private static List<Observation> late(int n, long seed) {
    var random = new SplittableRandom(seed);
    double[] optimum = {0.5, 0.7, 0.35, 0.5};
    List<Observation> trials = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] point = random.doubles(4).toArray();
      if (i % 3 > 0) {
        for (int c = 0; c < 4; c++) {
          point[c] = Math.clamp(optimum[c] + 0.1 * (point[c] - 0.5), 0, 1);
        }
      }
      var at = MIXED.decode(point);
      double noisy = cost(at) + 0.2 * random.nextGaussian();
      trials.add(new Observation(i, at, folds(noisy + 0.5, noisy - 0.5), 2, false));
    }
    return trials;
  }

  /**
   * Of two searches that differ by a trial, one aims at the best mean and the other at the score.
   */
  @ParameterizedTest
  @CsvSource({"70, 71", "141, 140"})
  void someTrialsOfANoisySearchStayWhereTheBestIsExpected(int mean, int score) {
    double aimedAtMean = 0;
    double aimedAtScore = 0;
    for (int seed = 0; seed < 10; seed++) {
      aimedAtMean += cost(next(minimise(late(mean, seed)), List.of(), 1));
      aimedAtScore += cost(next(minimise(late(score, seed)), List.of(), 1));
    }
    assertThat(aimedAtMean).isLessThan(0.5 * aimedAtScore);
  }

  @Test
  void sideBySideAYoungSearchStaysNearerToItsBestThanWithWideGuesses() {
    var usual = Design.standard();
    var wide =
        new BayesianSearch(
            new Design(
                usual.initial(),
                usual.spread(),
                usual.around(),
                usual.fantasies(),
                usual.fitted(),
                usual.exact(),
                usual.active(),
                usual.screening(),
                usual.leastNoise(),
                usual.worth(),
                1,
                usual.early(),
                usual.late(),
                usual.warped(),
                usual.kernels()));
    double wideCosts = 0;
    double usualCosts = 0;
    for (int seed = 0; seed < 10; seed++) {
      var history = minimise(trials(12, seed, BayesianSearchTest::cost));
      wideCosts += costs(wide, history, seed);
      usualCosts += costs(new BayesianSearch(usual), history, seed);
    }
    assertThat(usualCosts).isLessThan(0.9 * wideCosts);
  }

  private static double costs(Searcher searcher, History history, long seed) {
    return searcher.batch(MIXED, history, List.of(), seed, 8).candidates().stream()
        .mapToDouble(candidate -> cost(candidate.hyperParameters()))
        .sum();
  }
}
