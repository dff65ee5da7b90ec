package io.warmfold.local.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and its kin, as a request that the command in hand answers in its own time. Thread-safe.
 */
final class Interrupts {

  /** What a command gets to stop its jobs and say so. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  /** Listens to the signals of this process from now on. */
  void install() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::shutDown));
  }

  private void shutDown() {
    if (answered.getCount() == 0) {
      return; // The command is over and this is the ordinary end.
    }
    request();
    try {
      boolean inTime = answered.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        System.err.println("warmfold: something does not stop; leaving it.");
      }
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
    // Else the exit code would be the signal's own, SIGTERM's another than Ctrl-C's.
    Runtime.getRuntime().halt(Exit.INTERRUPTED);
  }

  /** Asks the command to stop. */
  void request() {
    requested.countDown();
  }

  /** Says that the command is over, so that the process may end. */
  void answered() {
    answered.countDown();
  }

  boolean requested() {
    return requested.getCount() == 0;
  }

  /** Waits for a request, at most so long. */
  boolean await(Duration time) {
    try {
      return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
