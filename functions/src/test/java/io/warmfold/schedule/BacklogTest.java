package io.warmfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What more lanes would gain. */
class BacklogTest {

  private static final Duration FOLD = Duration.ofMinutes(2);

  @Test
  void moreLanesShareTheFolds() {
    // 60 rounds in place of 120, though there are slots for more.
    assertThat(new Backlog(120, 2).gain(1, 0, 20, FOLD)).isEqualTo(Duration.ofHours(2));
    assertThat(new Backlog(120, 40).gain(2, 1, 20, FOLD)).isEqualTo(Duration.ofMinutes(108));
  }

  @Test
  void nothingIsGainedIfNoMoreCanRunAtOnceThanThereAreLanes() {
    assertThat(new Backlog(400, 1).gain(2, 1, 20, FOLD)).isZero();
    assertThat(new Backlog(400, 100).gain(20, 1, 20, FOLD)).isZero();
    assertThat(new Backlog(0, 0).gain(1, 0, 20, FOLD)).isZero();
  }
}
