package io.warmfold.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SobolTest {

  /**
   * The net's defining property: every dyadic interval of length 2⁻⁸ holds one of the first 256.
   */
  @Test
  void everyCoordinateIsEvenlyFilled() {
    for (long seed : new long[] {0, 1, -77}) {
      var sobol = new Sobol(Sobol.MAX_DIMENSION, seed);
      for (int d = 0; d < Sobol.MAX_DIMENSION; d++) {
        boolean[] hit = new boolean[256];
        for (int i = 0; i < 256; i++) {
          hit[(int) (sobol.point(i)[d] * 256)] = true;
        }
        assertThat(hit).doesNotContain(false);
      }
    }
  }

  /** The first two coordinates are a (0, m, 2)-net: one point in each of the 16 × 16 squares. */
  @Test
  void theFirstTwoCoordinatesAreANet() {
    var sobol = new Sobol(2, 5);
    boolean[] hit = new boolean[256];
    for (int i = 0; i < 256; i++) {
      double[] point = sobol.point(i);
      hit[((int) (point[0] * 16)) * 16 + (int) (point[1] * 16)] = true;
    }
    assertThat(hit).doesNotContain(false);
  }

  /** Point 100 of the unscrambled sequence as SciPy prints it, in Gray code order. */
  @Test
  void digitsAreThoseOfJoeAndKuo() {
    var sobol = new Sobol(31, 0);
    double[] expected = EXPECTED_100;
    for (int d = 0; d < 31; d++) {
      assertThat((sobol.bits(100 ^ (100 >> 1), d) & 0xFFFFFFFFL) * 0x1p-32).isEqualTo(expected[d]);
    }
  }

  private static final double[] EXPECTED_100 = {
    // scipy.stats.qmc.Sobol(31, scramble=False).random(101)[100]
    0.4140625,
    0.2578125,
    0.7734375,
    0.7265625,
    0.8828125,
    0.7421875,
    0.0234375,
    0.4765625,
    0.6328125,
    0.6953125,
    0.4609375,
    0.6796875,
    0.4765625,
    0.8515625,
    0.3203125,
    0.4921875,
    0.6796875,
    0.7421875,
    0.8359375,
    0.3359375,
    0.7578125,
    0.3984375,
    0.0078125,
    0.4921875,
    0.0234375,
    0.0078125,
    0.9453125,
    0.6640625,
    0.2421875,
    0.7265625,
    0.7109375
  };
}
