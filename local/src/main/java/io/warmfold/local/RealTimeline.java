package io.warmfold.local;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The wall clock: one thread for the state of the engine, virtual threads for offloaded work.
 *
 * <p>An action that throws goes to the thread's uncaught exception handler; the timeline goes on.
 * Safe for use by several threads.
 */
public final class RealTimeline implements Timeline {

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor engine;
  private volatile Thread thread;

  /** Starts the clock's thread; {@link #close()} ends it. */
  public RealTimeline() {
    engine =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = Thread.ofPlatform().name("warmfold-engine").daemon().unstarted(task);
              thread = created;
              return created;
            });
    engine.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Scheduled after(Duration delay, Runnable action) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a delay must not be negative: " + delay);
    }
    try {
      Future<?> future = engine.schedule(() -> guarded(action), nanos(delay), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public <T> void offload(Callable<T> work, BiConsumer<? super T, ? super Throwable> then) {
    try {
      workers.execute(
          () -> {
            T result = null;
            Throwable thrown = null;
            try {
              result = work.call();
            } catch (Throwable e) {
              thrown = e;
            }
            T value = result;
            Throwable problem = thrown;
            after(Duration.ZERO, () -> then.accept(value, problem));
          });
    } catch (RejectedExecutionException closed) {
      // Nobody is left to hear the outcome.
    }
  }

  @Override
  public <T> T call(Callable<T> action) {
    if (Thread.currentThread() == thread) {
      return Calls.unchecked(action);
    }
    try {
      return engine.submit(action).get();
    } catch (ExecutionException e) {
      throw Calls.unchecked(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the timeline");
    } catch (RejectedExecutionException | CancellationException closed) {
      throw new IllegalStateException("the timeline is closed", closed);
    }
  }

  /** Ends the clock's thread and interrupts offloaded work; what is not done yet is dropped. */
  @Override
  public void close() {
    for (Runnable dropped : engine.shutdownNow()) {
      // Whoever waits for it in call() would wait for ever.
      ((Future<?>) dropped).cancel(false);
    }
    workers.shutdownNow();
  }

  private static long nanos(Duration delay) {
    try {
      return delay.toNanos();
    } catch (ArithmeticException centuries) {
      return Long.MAX_VALUE / 2;
    }
  }

  private static void guarded(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }
}
