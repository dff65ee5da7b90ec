package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptsTest {

  private final List<Integer> codes = new CopyOnWriteArrayList<>();
  private final Interrupts interrupts = new Interrupts(Duration.ofDays(1), codes::add);

  @Test
  void theProcessEndsAtOnceAsLongAsNobodyHeedsThem() {
    interrupts.shutDown();

    assertThat(codes).containsExactly(130);
    assertThat(interrupts.requested()).isTrue();
  }

  @Test
  void aCommandThatHeedsThemEndsInItsOwnTime() throws InterruptedException {
    interrupts.heed();
    Thread hook = Thread.ofPlatform().start(interrupts::shutDown);

    assertThat(interrupts.await(Duration.ofDays(1))).isTrue();
    assertThat(codes).isEmpty();
    interrupts.over();
    hook.join();

    assertThat(codes).containsExactly(130);
  }

  @Test
  void whatDoesNotStopIsLeft() {
    Interrupts impatient = new Interrupts(Duration.ZERO, codes::add);
    impatient.heed();

    impatient.shutDown();

    assertThat(codes).containsExactly(130);
  }

  @Test
  void theOrdinaryEndKeepsItsExitCode() {
    interrupts.over();

    interrupts.shutDown();

    assertThat(codes).isEmpty();
    assertThat(interrupts.requested()).isFalse();
  }
}
