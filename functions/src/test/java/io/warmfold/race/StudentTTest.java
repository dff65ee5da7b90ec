package io.warmfold.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class StudentTTest {

  @Test
  void agreesWithAnotherImplementation() {
    for (int degrees = 1; degrees <= 60; degrees++) {
      var other = TDistribution.of(degrees);
      for (double t = -30; t <= 30; t += 0.37) {
        assertThat(StudentT.below(t, degrees))
            .isCloseTo(other.cumulativeProbability(t), within(1e-13));
      }
    }
  }
}
