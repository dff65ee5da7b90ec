package io.warmfold.local.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Ctrl-C and its kin. They end the process at once, unless the command in hand has something to
 * clear up and says so by {@link #heed}: then they are a request that it answers in its own time.
 * Thread-safe.
 */
final class Interrupts {

  /** What a command gets to stop its jobs and say so. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Duration grace;
  private final IntConsumer halt;
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean heeded;

  /** The interrupts of this process. */
  Interrupts() {
    this(GRACE, Runtime.getRuntime()::halt);
  }

  /**
   * @param grace what a command that heeds gets before it is left alone
   * @param halt ends the process with an exit code, whatever else goes on in it
   */
  Interrupts(Duration grace, IntConsumer halt) {
    this.grace = grace;
    this.halt = halt;
  }

  /** Listens to the signals of this process from now on. */
  void install() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::shutDown));
  }

  /** What the end of the process does, whatever it comes from. */
  void shutDown() {
    if (over.getCount() == 0) {
      return; // The command is over and this is the ordinary end.
    }
    request();
    if (heeded) {
      giveTime();
    }
    // Else the exit code would be the signal's own, SIGTERM's another than Ctrl-C's.
    halt.accept(Exit.INTERRUPTED);
  }

  private void giveTime() {
    try {
      if (!over.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("warmfold: something does not stop; leaving it.");
      }
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that from now on the command looks for requests, and ends by itself after one. */
  void heed() {
    heeded = true;
  }

  /** Asks the command to stop. */
  void request() {
    requested.countDown();
  }

  /** Says that the command is over, so that the process may end with its exit code. */
  void over() {
    over.countDown();
  }

  /** Whether the command is asked to stop. */
  boolean requested() {
    return requested.getCount() == 0;
  }

  /**
   * Waits for a request, at most so long.
   *
   * @return whether there is one
   */
  boolean await(Duration time) {
    try {
      return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
