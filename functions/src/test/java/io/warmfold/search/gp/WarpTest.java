package io.warmfold.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WarpTest {

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
}
