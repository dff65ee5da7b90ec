package io.warmfold.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmfold.search.gp.FoldPatterns.Complete;
import io.warmfold.space.Parameter;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FoldPatternsTest {

  private static final int FOLDS = 5;

  private static final SearchSpace SPACE =
      SearchSpace.of(
          List.of(
              new Parameter.Continuous("x", 0, 1, Scaling.LINEAR),
              new Parameter.Continuous("y", 0, 1, Scaling.LINEAR)));

  /** A fold that is harder by its number, and has its optimum elsewhere. */
  private static double smooth(double x, double y, int fold) {
    double a = x - 0.3 - 0.05 * fold;
    double b = y - 0.6 + 0.03 * fold;
    return 0.2 * fold + a * a + 2 * b * b;
  }

  private static Map<String, String> at(double x, double y) {
    return Map.of("x", Double.toString(x), "y", Double.toString(y));
  }

  private static List<Complete> complete(long seed, int many, double noise) {
    return complete(seed, many, noise, score -> score);
  }

  private static List<Complete> complete(
      long seed, int many, double noise, DoubleUnaryOperator unit) {
    var random = new SplittableRandom(seed);
    var complete = new ArrayList<Complete>();
    for (int i = 0; i < many; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      var scores = new ArrayList<Double>();
      for (int fold = 0; fold < FOLDS; fold++) {
        scores.add(unit.applyAsDouble(smooth(x, y, fold) + noise * random.nextGaussian()));
      }
      complete.add(new Complete(at(x, y), scores));
    }
    return complete;
  }

  private static SortedMap<Integer, Double> first(double x, double y, int many) {
    var scores = new TreeMap<Integer, Double>();
    for (int fold = 0; fold < many; fold++) {
      scores.put(fold, smooth(x, y, fold));
    }
    return scores;
  }

  private static double mean(double x, double y) {
    double sum = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      sum += smooth(x, y, fold);
    }
    return sum / FOLDS;
  }

  @Test
  void aSmoothPatternTellsFromOneFoldWhatAllWillComeTo() {
    var patterns = FoldPatterns.of(SPACE, complete(1, 40, 0)).orElseThrow();
    for (var place : new double[][] {{0.5, 0.5}, {0.25, 0.7}, {0.8, 0.2}}) {
      var estimate = patterns.estimate(at(place[0], place[1]), first(place[0], place[1], 1));
      double error = Math.abs(estimate.mean() - mean(place[0], place[1]));
      // The fold itself is 0.4 below the mean of all.
      assertThat(error).isLessThan(0.02);
      assertThat(error).isLessThan(4 * Math.sqrt(estimate.variance() * (1 - 1.0 / FOLDS)));
    }
  }

  @Test
  void deviationsThatHaveNothingToDoWithThePlaceAreNoPattern() {
    int found = 0;
    for (int seed = 0; seed < 40; seed++) {
      var random = new SplittableRandom(seed);
      var complete = new ArrayList<Complete>();
      for (int i = 0; i < 20; i++) {
        complete.add(
            new Complete(
                at(random.nextDouble(), random.nextDouble()),
                random.doubles(FOLDS).boxed().toList()));
      }
      found += FoldPatterns.of(SPACE, complete).isPresent() ? 1 : 0;
    }
    assertThat(found).isLessThan(6);
  }

  @Test
  void whatOthersAskInBetweenChangesNothing() {
    var scores = first(0.5, 0.5, 1);
    var known = complete(1, 40, 0);
    var alone = FoldPatterns.of(SPACE, known).orElseThrow().estimate(at(0.5, 0.5), scores);
    for (var others : List.of(complete(2, 40, 0), known.subList(0, 39), complete(1, 7, 0))) {
      FoldPatterns.of(SPACE, others);
      assertThat(FoldPatterns.of(SPACE, known).orElseThrow().estimate(at(0.5, 0.5), scores))
          .isEqualTo(alone);
    }
    var wider =
        SearchSpace.of(
            List.of(
                new Parameter.Continuous("x", 0, 2, Scaling.LINEAR),
                new Parameter.Continuous("y", 0, 1, Scaling.LINEAR)));
    assertThat(FoldPatterns.of(wider, known).orElseThrow().estimate(at(0.5, 0.5), scores))
        .isNotEqualTo(alone);
  }

  @Test
  void whatIsRememberedOfACombinationIsItsOwn() {
    var patterns = FoldPatterns.of(SPACE, complete(1, 40, 0)).orElseThrow();
    var point = new HashMap<>(at(0.5, 0.5));
    var first = patterns.estimate(point, first(0.5, 0.5, 1));
    var more = patterns.estimate(point, first(0.5, 0.5, 3));
    assertThat(more).isNotEqualTo(first);
    assertThat(patterns.estimate(point, first(0.5, 0.5, 1))).isEqualTo(first);
    point.putAll(at(0.9, 0.1));
    assertThat(patterns.estimate(point, first(0.5, 0.5, 1)).mean()).isNotEqualTo(first.mean());
    assertThat(patterns.estimate(at(0.5, 0.5), first(0.5, 0.5, 1))).isEqualTo(first);
  }

  @Test
  void fewOrEqualCombinationsAreNoPattern() {
    assertThat(FoldPatterns.of(SPACE, List.of())).isEmpty();
    assertThat(FoldPatterns.of(SPACE, complete(1, 7, 0))).isEmpty();
    var same = new ArrayList<Complete>();
    for (int i = 0; i < 30; i++) {
      same.add(new Complete(at(i / 30.0, 0.5), List.of(1.0, 2.0, 3.0, 4.0, 5.0)));
    }
    assertThat(FoldPatterns.of(SPACE, same)).isEmpty();
  }

  @Test
  void scoresOfAnyMagnitudeAreSurvived() {
    for (double unit : new double[] {1e300, 1e-300, 1e160, 0}) {
      FoldPatterns.of(SPACE, complete(2, 20, 0.01, score -> unit * score))
          .ifPresent(
              patterns ->
                  assertThat(patterns.estimate(at(0.5, 0.5), first(0.5, 0.5, 2)).degrees())
                      .isEqualTo(8));
    }
  }

  @Property(tries = 20)
  void unitAndLevelOfTheScoresDoNotMatter(@ForAll long seed) {
    var plain = FoldPatterns.of(SPACE, complete(seed, 30, 0.01)).orElseThrow();
    var other =
        FoldPatterns.of(SPACE, complete(seed, 30, 0.01, score -> 7 - 1000 * score)).orElseThrow();
    var scores = first(0.4, 0.4, 2);
    var turned = new TreeMap<Integer, Double>();
    scores.forEach((fold, score) -> turned.put(fold, 7 - 1000 * score));
    var one = plain.estimate(at(0.4, 0.4), scores);
    var two = other.estimate(at(0.4, 0.4), turned);
    assertThat(two.mean()).isCloseTo(7 - 1000 * one.mean(), within(1e-5));
    assertThat(two.variance()).isCloseTo(1e6 * one.variance(), within(1e-4 * 1e6 * one.variance()));
  }

  @Property(tries = 20)
  void errorsAreAsLargeAsTheirVarianceSays(@ForAll long seed) {
    var patterns = FoldPatterns.of(SPACE, complete(seed, 40, 0.01)).orElseThrow();
    var random = new SplittableRandom(~seed);
    double squares = 0;
    for (int i = 0; i < 40; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      var estimate = patterns.estimate(at(x, y), first(x, y, 1));
      double error = estimate.mean() - mean(x, y);
      squares += error * error / (estimate.variance() * (1 - 1.0 / FOLDS));
    }
    // The scores here have no noise of their own, those that the pattern was learnt from have.
    assertThat(squares / 40).isBetween(0.001, 4.0);
  }
}
