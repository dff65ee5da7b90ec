package io.warmfold.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmfold.search.gp.Acquisition.Aim;
import io.warmfold.space.Parameter.Categorical;
import io.warmfold.space.Parameter.Continuous;
import io.warmfold.space.Parameter.Integral;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /**
   * The integral ∫₀^∞ t·φ(z − t) dt by the trapezoidal rule in decimal arithmetic of 60 digits,
   * which converges geometrically for it once the integrand is written on the exponential scale.
   */
  @ParameterizedTest
  @ValueSource(
      doubles = {3.5, 1, 0, -0.5, -2, -2.999, -3.001, -5, -8, -12, -20, -29.999, -30.001, -40})
  void expectedImprovementIsTheIntegral(double z) {
    MathContext digits = new MathContext(60);
    // t = exp(u): ∫ exp(2u)·exp(−(e^u − z)²/2) du, divided by exp(−z²/2) to stay in range.
    double step = 0.02;
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = -2000; i <= 300; i++) {
      double u = i * step;
      double t = StrictMath.exp(u);
      double exponent = 2 * u - t * t / 2 + t * z;
      if (exponent > -2000) {
        sum = sum.add(exponential(new BigDecimal(exponent), digits), digits);
      }
    }
    double expected =
        StrictMath.log(sum.multiply(new BigDecimal(step)).doubleValue())
            - z * z / 2
            - 0.5 * StrictMath.log(2 * Math.PI);
    assertThat(new Improvements(1).logMean(z)).isCloseTo(expected, within(1e-12 * (1 + z * z)));
    assertThat(new Improvements(3).logMean(z - 50, z, z))
        .isCloseTo(expected + StrictMath.log(2.0 / 3), within(1e-12 * (1 + z * z)));
  }

  private static BigDecimal exponential(BigDecimal x, MathContext digits) {
    int halvings = 12;
    BigDecimal small = x.divide(BigDecimal.valueOf(1L << halvings), digits);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int k = 1; k < 60; k++) {
      term = term.multiply(small, digits).divide(BigDecimal.valueOf(k), digits);
      sum = sum.add(term, digits);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, digits);
    }
    return sum;
  }

  /** Abramowitz and Stegun 26.2.14, with many more terms than are needed from 0.5 on. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.99, 1.01, 1.7, 3, 4, 6.3, 11, 40, 1e3, 1e7, 1e20})
  void theDensityOverTheTailIsTheContinuedFraction(double x) {
    double c = 0;
    for (int k = 20_000; k > 0; k--) {
      c = k / (x + c);
    }
    assertThat(Mills.excess(x)).isCloseTo(c, within(2e-14 * c));
  }

  @Test
  void theDensityOverTheTailIsKnownAtItsEnds() {
    assertThat(Mills.excess(0)).isCloseTo(Math.sqrt(2 / Math.PI), within(1e-14));
    assertThat(Mills.excess(Double.POSITIVE_INFINITY)).isZero();
    assertThat(Mills.excess(Double.NaN)).isNaN();
  }

  @Test
  void quantilesAreTheInverse() {
    for (double p : new double[] {1e-12, 1e-5, 0.01, 0.3, 0.5, 0.7, 0.999}) {
      assertThat(Normal.cumulative(Normal.quantile(p))).isCloseTo(p, within(1e-11 * p + 1e-15));
    }
  }

  @Test
  void theExponentialIsExactToTheLastBits() {
    var random = new SplittableRandom(11);
    for (int i = 0; i < 100_000; i++) {
      double x = -708 * Math.pow(random.nextDouble(), 4);
      double exact = StrictMath.exp(x);
      assertThat(Exp.of(x)).isCloseTo(exact, within(5e-16 * exact));
    }
    double[] many = random.doubles(1000, -720, 0).toArray();
    many[7] = Double.NaN;
    many[8] = Double.NEGATIVE_INFINITY;
    double[] all = new double[1000];
    Exp.all(many, all, 0, 1000);
    assertThat(all).containsExactly(Arrays.stream(many).map(Exp::of).toArray());
    assertThat(Exp.of(0)).isEqualTo(1);
    assertThat(Exp.of(-709)).isZero();
    assertThat(Exp.of(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exp.of(Double.NaN)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 40, 41, 42, 43})
  void theFactorSolvesAndInverts(int n) {
    var random = new SplittableRandom(4);
    double[][] root = new double[n][];
    Arrays.setAll(root, i -> random.doubles(n).toArray());
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = Cholesky.dot(root[i], root[j], 0, n) + (i == j ? 0.1 : 0);
      }
    }
    double[][] copy = new double[n][];
    Arrays.setAll(copy, i -> matrix[i].clone());
    Cholesky factor = Cholesky.factor(copy);
    double[] x = random.doubles(n).toArray();
    double[] b = new double[n];
    Arrays.setAll(b, i -> Cholesky.dot(matrix[i], x, 0, n));
    factor.forward(b);
    factor.backward(b);
    assertThat(b).containsExactly(x, within(1e-8));
    double[] one = random.doubles(n).toArray();
    double[] other = random.doubles(n).toArray();
    double[][] both = new double[n][];
    Arrays.setAll(both, i -> new double[] {one[i], other[i]});
    factor.forward(both);
    factor.forward(one);
    factor.forward(other);
    for (int i = 0; i < n; i++) {
      assertThat(both[i]).containsExactly(new double[] {one[i], other[i]}, within(1e-8));
    }
    double[][] inverse = factor.inverse();
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += matrix[i][k] * (k <= j ? inverse[k][j] : inverse[j][k]);
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 1", "3, 9", "4, 1", "8, 5", "39, 20", "41, 7", "42, 2"})
  void aMatrixThatGrowsHasTheSameFactorAsOneFactoredWhole(int n, int more) {
    double[][] x = data(n + more, 6).x();
    double[][] whole = new double[n + more][n + more];
    double[][] part = new double[n][n];
    double[][] grown = new double[n + more][n + more];
    for (int i = 0; i < n + more; i++) {
      for (int j = i; j < n + more; j++) {
        double distance = 0;
        for (int k = 0; k < 4; k++) {
          distance += CUBE.squared(k, x[i][k], x[j][k]);
        }
        whole[i][j] = StrictMath.exp(-distance) + (i == j ? 0.01 : 0);
        if (j < n) {
          part[i][j] = whole[i][j];
        }
        // What is not to matter would spoil the factor.
        grown[i][j] = i < n - n % 4 && j < n ? Double.NaN : whole[i][j];
      }
    }
    double[] at = new SplittableRandom(8).doubles(n + more).toArray();
    double[] other = at.clone();
    Cholesky.factor(whole).forward(at);
    Cholesky.factor(part).extended(grown).forward(other);
    assertThat(other).containsExactly(at);
    assertThat(grown).isDeepEqualTo(whole);
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

  @Test
  void theWarpIsOneOfTheFunctionWhereverTheTrialsAre() {
    double[] spread = new SplittableRandom(5).doubles(41, 1, 100).toArray();
    Warp before = Warp.of(spread, ones(41));
    double[] crowded = Arrays.copyOf(spread, 441);
    double[] weights = Arrays.copyOf(ones(41), 441);
    double least = Arrays.stream(spread).min().orElseThrow();
    for (int i = 41; i < crowded.length; i++) {
      crowded[i] = least + 1e-3 * (i - 40);
      weights[i] = 1.0 / 400;
    }
    Warp after = Warp.of(crowded, weights);
    assertThat(after.bend()).isCloseTo(before.bend(), within(0.2 * before.unit()));
    assertThat(after.unit()).isCloseTo(before.unit(), within(0.2 * before.unit()));
    assertThat(after.spread()).isCloseTo(before.spread(), within(0.2 * before.spread()));
  }

  @Test
  void equalWeightsGiveMeanDeviationAndMedian() {
    Warp odd = Warp.of(new double[] {5, 1, 2}, new double[] {0.2, 0.2, 0.2});
    assertThat(odd.bend()).isEqualTo(2);
    Warp even = Warp.of(new double[] {4, 1, 2, 8}, ones(4));
    assertThat(even.bend()).isEqualTo(3);
    double[] costs = {4, 1, 2, 8, 3, 5};
    Warp warp = Warp.of(costs, ones(6));
    double[] values = Arrays.stream(costs).map(warp::value).toArray();
    assertThat(Arrays.stream(values).sum()).isCloseTo(0, within(1e-12));
    assertThat(Arrays.stream(values).map(v -> v * v).sum()).isCloseTo(6, within(1e-12));
    assertThat(Warp.of(new double[] {3, 3}, ones(2)).value(3)).isZero();
  }

  @Test
  void scoresThatAreOnlyStandardisedKeepTheirProportions() {
    double[] costs = {4, 1, 2, 8, 3, 50};
    Warp warp = Warp.linear(costs);
    double[] values = Arrays.stream(costs).map(warp::value).toArray();
    assertThat(Arrays.stream(values).sum()).isCloseTo(0, within(1e-12));
    assertThat(Arrays.stream(values).map(v -> v * v).sum()).isCloseTo(6, within(1e-12));
    assertThat((values[5] - values[0]) / (values[0] - values[1])).isCloseTo(46.0 / 3, within(1e-9));
    assertThat(Warp.linear(new double[] {3, 3}).value(3)).isZero();
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
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
}
