package io.warmfold.local;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/**
 * The time that the local cloud lives in: the wall clock, or a virtual one that jumps from event to
 * event.
 *
 * <p>Everything that changes the state of the engine (executions, events, instances) runs on the
 * timeline's single thread, so that code needs no locks and, on the virtual clock, two runs with
 * the same seed do the same things in the same order. Actions due at the same instant run in the
 * order in which they were asked for.
 */
public interface Timeline extends InstantSource, AutoCloseable {

  /** An action that has not run yet. */
  @FunctionalInterface
  interface Scheduled {
    /** Sees to it that the action does not run; without effect when it has. */
    void cancel();
  }

  /** Runs an action on the timeline's thread after a delay; zero means as soon as possible. */
  Scheduled after(Duration delay, Runnable action);

  /**
   * Does work away from the timeline's thread (at once and in place on the virtual clock) and hands
   * its result, or what it threw, to {@code then} on the timeline's thread. One of the two
   * arguments of {@code then} is null, or both for a result of null.
   */
  <T> void offload(Callable<T> work, BiConsumer<? super T, ? super Throwable> then);

  /**
   * Runs an action on the timeline's thread and waits for its result; callable from any thread, the
   * timeline's own included.
   */
  <T> T call(Callable<T> action);

  @Override
  void close();
}
