package io.warmfold.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmfold.search.gp.Acquisition.Aim;
import io.warmfold.space.Parameter.Categorical;
import io.warmfold.space.Parameter.Continuous;
import io.warmfold.space.Parameter.Integral;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LawsTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(
          List.of(
              new Continuous("a", 0, 1, Scaling.LINEAR),
              new Continuous("b", 1e-3, 1, Scaling.LOGARITHMIC),
              new Integral("n", 1, 8, Scaling.LINEAR),
              new Categorical("c", List.of("x", "y", "z"))));
  private static final Cube CUBE = Cube.of(SPACE, 1);

  private static Data data(int n, long seed) {
    var random = new SplittableRandom(seed);
    double[][] x = new double[n][];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = CUBE.snap(random.doubles(4).toArray());
      y[i] = Math.sin(5 * x[i][0]) + x[i][1] * x[i][2] + x[i][3] + 0.1 * random.nextGaussian();
    }
    return new Data(x, y, new double[n]);
  }

  private static Matern kernel(int number) {
    return number % 2 == 0 ? Matern.THREE_HALVES : Matern.FIVE_HALVES;
  }

  private static Hyper hyper(SplittableRandom random) {
    double[] rates = new double[4];
    Arrays.setAll(rates, i -> Math.exp(random.nextDouble(-3, 4)));
    return new Hyper(
        kernel(random.nextInt()),
        rates,
        Math.exp(random.nextDouble(-2, 2)),
        Math.exp(random.nextDouble(-8, -1)));
  }

  @RepeatedTest(20)
  void theKernelIsPositiveDefinite(RepetitionInfo repetition) {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    Hyper hyper = hyper(random);
    Data data = data(60, repetition.getCurrentRepetition());
    // Almost without noise: the factorisation itself is the proof.
    var exact = hyper.withNoise(1e-8);
    boolean[] own = new boolean[60];
    assertThat(Regression.of(CUBE, exact, data, own)).isNotNull();
  }

  @RepeatedTest(10)
  void theEvidencesGradientIsThatOfDifferences(RepetitionInfo repetition) {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    var evidence =
        new Evidence(
            kernel(repetition.getCurrentRepetition()),
            CUBE,
            data(25, repetition.getCurrentRepetition()));
    double[] theta = hyper(random).logs();
    double[] gradient = evidence.at(theta).gradient();
    for (int i = 0; i < theta.length; i++) {
      double h = 1e-5;
      double[] up = theta.clone();
      double[] down = theta.clone();
      up[i] += h;
      down[i] -= h;
      double difference = (evidence.at(up).value() - evidence.at(down).value()) / (2 * h);
      assertThat(gradient[i]).isCloseTo(difference, within(1e-4 * (1 + Math.abs(difference))));
    }
  }

  @RepeatedTest(10)
  void theAcquisitionsGradientIsThatOfDifferences(RepetitionInfo repetition) {
    var random = new SplittableRandom(100 + repetition.getCurrentRepetition());
    Data data = data(30, repetition.getCurrentRepetition());
    boolean[] own = new boolean[30];
    Arrays.fill(own, true);
    double[][] pending = {
      CUBE.snap(random.doubles(4).toArray()), CUBE.snap(random.doubles(4).toArray())
    };
    double[][] normals = new double[8][];
    Arrays.setAll(normals, i -> new double[] {random.nextGaussian(), random.nextGaussian()});
    var acquisition =
        new Acquisition(
            Regression.of(CUBE, hyper(random), data, own).given(pending, normals), Aim.SCORE, 0);
    double[] point = random.doubles(4).toArray();
    point[3] = CUBE.snap(point)[3];
    var at = acquisition.at(point);
    double[] gradient = at.gradient();
    assertThat(acquisition.at(new double[][] {point})[0]).isCloseTo(at.value(), within(1e-7));
    for (int i = 0; i < 3; i++) {
      double h = 1e-6;
      double[] up = point.clone();
      double[] down = point.clone();
      up[i] += h;
      down[i] -= h;
      double[] both = acquisition.at(new double[][] {up, down});
      double difference = (both[0] - both[1]) / (2 * h);
      assertThat(gradient[i]).isCloseTo(difference, within(1e-3 * (1 + Math.abs(difference))));
    }
    assertThat(gradient[3]).isZero();
  }

  @RepeatedTest(10)
  void theGreatestAreTheSameAsWhenAllAreWorkedOut(RepetitionInfo repetition) {
    var random = new SplittableRandom(200 + repetition.getCurrentRepetition());
    Data data = data(40, repetition.getCurrentRepetition());
    boolean[] own = new boolean[40];
    Arrays.fill(own, true);
    double[][] pending = new double[6][];
    Arrays.setAll(pending, i -> CUBE.snap(random.doubles(4).toArray()));
    double[][] normals = new double[32][];
    Arrays.setAll(
        normals, s -> random.doubles(6).map(u -> Normal.quantile(Math.max(u, 1e-9))).toArray());
    var acquisition =
        new Acquisition(
            Regression.of(CUBE, hyper(random), data, own).given(pending, normals), Aim.SCORE, 0);
    double[][] points = new double[400][];
    Arrays.setAll(points, i -> CUBE.snap(random.doubles(4).toArray()));
    double[] all = acquisition.at(points);
    double[] greatest = acquisition.greatest(points, 50);
    double fiftieth = Arrays.stream(all).sorted().skip(350).findFirst().orElseThrow();
    int bounds = 0;
    for (int j = 0; j < all.length; j++) {
      if (all[j] >= fiftieth) {
        assertThat(greatest[j]).isEqualTo(all[j]);
      } else if (greatest[j] != all[j]) {
        assertThat(greatest[j]).isBetween(all[j], fiftieth);
        bounds++;
      }
    }
    assertThat(bounds).isPositive();
  }

  @Test
  void fantasiesAreDrawsFromThePosterior() {
    Data data = data(20, 3);
    boolean[] own = new boolean[20];
    var random = new SplittableRandom(9);
    Hyper hyper = hyper(random);
    double[][] pending = {{0.3, 0.4, 0.4375, 0.5}};
    var none = Regression.of(CUBE, hyper, data, own).given(new double[0][], new double[1][0]);
    var at = none.predict(pending);
    double[][] normals = {{0}, {1.5}};
    var fantasies = Regression.of(CUBE, hyper, data, own).given(pending, normals);
    assertThat(fantasies.best(0)).isCloseTo(at.means()[0][0], within(1e-9));
    assertThat(fantasies.best(1))
        .isCloseTo(at.means()[0][0] + 1.5 * at.deviation()[0], within(0.01));
    // Where an outcome is imagined, nothing is left to be known.
    assertThat(fantasies.predict(pending).deviation()[0]).isLessThan(0.1 * at.deviation()[0]);
  }

  /** A joint draw is one outcome after the other, each drawn from what those before it leave. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 30, 31, 32, 33})
  void outcomesImaginedTogetherAreThoseImaginedInTurn(int n) {
    var random = new SplittableRandom(40 + n);
    var hyper = new Hyper(kernel(n), new double[] {2, 1, 3, 1}, 1.5, 0.1);
    Data data = data(n, 8);
    Arrays.setAll(data.known(), i -> 0.2 * random.nextDouble());
    double[][] pending = new double[3][];
    Arrays.setAll(pending, i -> CUBE.snap(random.doubles(4).toArray()));
    double[] z = {0.7, -1.2, 0.4};
    var together =
        Regression.of(CUBE, hyper, data, new boolean[n]).given(pending, new double[][] {z});
    Data known = data;
    for (int p = 0; p < 3; p++) {
      double outcome =
          Regression.of(CUBE, hyper, known, new boolean[known.size()])
              .given(new double[][] {pending[p]}, new double[][] {{z[p]}})
              .best(0);
      known = with(known, pending[p], outcome, -0.999 * hyper.noise());
    }
    var inTurn =
        Regression.of(CUBE, hyper, known, new boolean[known.size()])
            .given(new double[0][], new double[1][0]);
    double[][] points = new double[20][];
    Arrays.setAll(points, i -> CUBE.snap(random.doubles(4).toArray()));
    var one = together.predict(points);
    var other = inTurn.predict(points);
    assertThat(one.deviation()).containsExactly(other.deviation(), within(1e-9));
    assertThat(one.means()[0]).containsExactly(other.means()[0], within(1e-9));
    assertThat(together.best(0))
        .isCloseTo(Arrays.stream(known.y()).skip(n).min().orElseThrow(), within(1e-9));
  }

  @Test
  void whatWasAskedBeforeDoesNotMatter() {
    var random = new SplittableRandom(77);
    Hyper hyper = hyper(random);
    Data data = data(21, 8);
    double[][] pending = new double[9][];
    Arrays.setAll(pending, i -> CUBE.snap(random.doubles(4).toArray()));
    double[][] normals = {random.doubles(9, -2, 2).toArray()};
    double[][] points = data(5, 9).x();
    var asked = Regression.of(CUBE, hyper, data, new boolean[21]);
    for (int[] range :
        new int[][] {{0, 4}, {0, 5}, {0, 9}, {0, 9}, {2, 7}, {0, 1}, {0, 0}, {0, 8}}) {
      double[][] some = Arrays.copyOfRange(pending, range[0], range[1]);
      double[][] theirs = {Arrays.copyOf(normals[0], some.length)};
      var fresh = Regression.of(CUBE, hyper, data, new boolean[21]).given(some, theirs);
      var again = asked.given(some, theirs);
      assertThat(again.best(0)).isEqualTo(fresh.best(0));
      assertThat(again.predict(points).deviation())
          .containsExactly(fresh.predict(points).deviation());
      assertThat(again.predict(points).means()).isDeepEqualTo(fresh.predict(points).means());
    }
  }

  private static Data with(Data data, double[] point, double value, double noise) {
    int n = data.size();
    double[][] x = Arrays.copyOf(data.x(), n + 1);
    double[] y = Arrays.copyOf(data.y(), n + 1);
    double[] known = Arrays.copyOf(data.known(), n + 1);
    x[n] = point;
    y[n] = value;
    known[n] = noise;
    return new Data(x, y, known);
  }

  @Test
  void distancesAreTheSumOfTheCoordinates() {
    double[][] x = data(30, 5).x();
    x[3] = x[20].clone();
    double[] rates = {0.3, 2, 5, 0.7};
    double[] distances = new double[30];
    Arrays.fill(distances, 99);
    CUBE.distances(CUBE.columns(x), rates, x[20], distances, 2, 29);
    for (int i = 2; i < 29; i++) {
      double sum = 0;
      for (int k = 0; k < 4; k++) {
        sum += rates[k] * CUBE.squared(k, x[i][k], x[20][k]);
      }
      assertThat(distances[i]).isCloseTo(sum, within(1e-14));
    }
    assertThat(distances[3]).isZero();
    assertThat(new double[] {distances[0], distances[1], distances[29]}).containsOnly(99);
  }

  @Test
  void aLuckyScoreIsTheBestUntilItsMissingFoldsAreLookedThrough() {
    Data data = data(20, 3);
    int best = 0;
    for (int i = 0; i < 20; i++) {
      best = data.y()[i] < data.y()[best] ? i : best;
    }
    boolean[] own = new boolean[20];
    Arrays.fill(own, true);
    var hyper = new Hyper(Matern.THREE_HALVES, new double[] {3, 3, 3, 1}, 1, 0.3);
    var whole = Regression.of(CUBE, hyper, data, own).given(new double[0][], new double[1][0]);
    assertThat(whole.best(0)).isEqualTo(data.y()[best]);
    double mean = Arrays.stream(whole.predict(data.x()).means()[0]).min().orElseThrow();
    assertThat(whole.bestMean(0)).isCloseTo(mean, within(1e-9)).isGreaterThan(whole.best(0));
    // The same score from few folds: most of its luck is taken off, and no more than that.
    data.known()[best] = 3;
    var partial = Regression.of(CUBE, hyper, data, own).given(new double[0][], new double[1][0]);
    assertThat(partial.best(0)).isGreaterThan(whole.best(0));
    assertThat(partial.bestMean(0)).isGreaterThanOrEqualTo(partial.best(0));
    assertThat(Acquisition.gain(partial, data.x()))
        .isGreaterThan(
            StrictMath.exp(
                Arrays.stream(new Acquisition(partial, Aim.SCORE, 0).at(data.x()))
                    .max()
                    .orElseThrow()));
  }

  @Test
  void aCrowdAtOnePlaceWeighsAsOne() {
    double[][] x = new double[104][];
    for (int i = 0; i < 100; i++) {
      x[i] = new double[] {0.3, 0.3 + 1e-6 * i, 0.4375, 0.5};
    }
    x[100] = new double[] {0.9, 0.1, 0.0625, 1.0 / 6};
    x[101] = new double[] {0.1, 0.9, 0.9375, 1.0 / 6};
    x[102] = new double[] {0.9, 0.9, 0.4375, 5.0 / 6};
    x[103] = new double[] {0.1, 0.1, 0.4375, 5.0 / 6};
    double[] weights = Crowd.weights(CUBE, x);
    assertThat(Arrays.stream(weights).limit(100).sum()).isCloseTo(1, within(1e-3));
    assertThat(Arrays.copyOfRange(weights, 100, 104))
        .containsExactly(new double[] {1, 1, 1, 1}, within(1e-3));
  }
}
