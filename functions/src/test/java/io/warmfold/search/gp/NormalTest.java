package io.warmfold.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTest {

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

  @Test
  void theDensityOverTheTailIsKnownAtItsEnds() {
    assertThat(Mills.excess(0)).isCloseTo(Math.sqrt(2 / Math.PI), within(1e-14));
    assertThat(Mills.excess(Double.POSITIVE_INFINITY)).isZero();
    assertThat(Mills.excess(Double.NaN)).isNaN();
  }

  @Test
  void theDistributionIsThatOfTables() {
    assertThat(Normal.cumulative(1)).isCloseTo(0.8413447460685429, within(1e-15));
    assertThat(Normal.cumulative(0)).isCloseTo(0.5, within(2e-15));
    assertThat(Normal.cumulative(-1.96)).isCloseTo(0.024997895148220435, within(1e-16));
    assertThat(Normal.cumulative(-5)).isCloseTo(2.866515718791939e-7, within(1e-20));
    assertThat(Normal.cumulative(-10)).isCloseTo(7.61985302416053e-24, within(1e-37));
    assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-13));
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
    double[] some = new double[1000];
    Exp.all(many, some, 13, 14);
    assertThat(some[13]).isEqualTo(all[13]);
    assertThat(Arrays.stream(some).filter(value -> value != 0)).hasSize(1);
    assertThat(Exp.of(0)).isEqualTo(1);
    assertThat(Exp.of(-709)).isZero();
    assertThat(Exp.of(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exp.of(Double.NaN)).isNaN();
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
    assertThat(Improvements.logs(new double[] {0, z})[1]).isEqualTo(new Improvements(z).logMean());
    assertThat(new Improvements(z).logMean()).isCloseTo(expected, within(1e-12 * (1 + z * z)));
    assertThat(new Improvements(z - 50, z, z).logMean())
        .isCloseTo(expected + StrictMath.log(2.0 / 3), within(1e-12 * (1 + z * z)));
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
}
