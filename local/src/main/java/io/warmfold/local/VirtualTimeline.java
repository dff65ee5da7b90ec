package io.warmfold.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * A clock that stands still while something is done and jumps to the next thing to do.
 *
 * <p>There is no thread of its own: whoever calls one of the {@code run} methods lends his. Actions
 * run in the order of their instants, and at one instant in the order in which they were asked for,
 * so that a run is the same every time. An action that throws ends the {@code run} method with what
 * it threw; the actions after it are still there.
 *
 * <p>Safe for use by several threads, one of which is in the timeline at a time.
 */
public final class VirtualTimeline implements Timeline {

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::sequence));
  private volatile Instant now;
  private long sequence;
  private boolean closed;

  /** A timeline that starts at an instant. */
  public VirtualTimeline(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Scheduled after(Duration delay, Runnable action) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a delay must not be negative: " + delay);
    }
    lock.lock();
    try {
      Entry entry = new Entry(now.plus(delay), sequence++, action);
      if (!closed) {
        entries.add(entry);
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The work is done before this method returns; {@code then} waits for its turn like every
   * other action.
   */
  @Override
  public <T> void offload(Callable<T> work, BiConsumer<? super T, ? super Throwable> then) {
    T result = null;
    Throwable thrown = null;
    try {
      result = work.call();
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      thrown = e;
    }
    T value = result;
    Throwable problem = thrown;
    after(Duration.ZERO, () -> then.accept(value, problem));
  }

  @Override
  public <T> T call(Callable<T> action) {
    lock.lock();
    try {
      return Calls.unchecked(action);
    } finally {
      lock.unlock();
    }
  }

  /** Runs everything that is due now or later, until nothing is left to do. */
  public void runUntilIdle() {
    runUntil(() -> false);
  }

  /**
   * Runs what is due, now or later, until a condition holds.
   *
   * @param condition looked at before each action
   * @return whether it holds; false says that nothing is left to do
   */
  public boolean runUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (!step(Instant.MAX)) {
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  /** Runs everything that is due within a duration and moves the clock to its end. */
  public void runFor(Duration duration) {
    Instant end = now.plus(duration);
    while (step(end)) {
      // Whatever comes next is decided by the step before it.
    }
    lock.lock();
    try {
      if (now.isBefore(end)) {
        now = end;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drops everything that is not done yet; what is asked for later is dropped too. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      entries.clear();
    } finally {
      lock.unlock();
    }
  }

  private boolean step(Instant latest) {
    lock.lock();
    try {
      while (!entries.isEmpty() && entries.peek().cancelled) {
        entries.remove();
      }
      if (entries.isEmpty() || entries.peek().due.isAfter(latest)) {
        return false;
      }
      Entry next = entries.remove();
      now = next.due;
      next.action.run();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static final class Entry implements Scheduled {
    private final Instant due;
    private final long sequence;
    private final Runnable action;
    private volatile boolean cancelled;

    Entry(Instant due, long sequence, Runnable action) {
      this.due = due;
      this.sequence = sequence;
      this.action = action;
    }

    Instant due() {
      return due;
    }

    long sequence() {
      return sequence;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
