package io.warmfold.local.sagemaker;

import io.warmfold.local.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** A timeline of one thread whose time passes only when a test says so. */
final class TestTimeline implements Timeline {

  private static final class Due {
    private final Instant at;
    private final long order;
    private final Runnable action;
    private boolean cancelled;

    Due(Instant at, long order, Runnable action) {
      this.at = at;
      this.order = order;
      this.action = action;
    }
  }

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(
          Comparator.comparing((Due entry) -> entry.at).thenComparingLong(entry -> entry.order));
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private long order;

  /** Lets time pass, and everything happen that is due in it. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (!due.isEmpty() && !due.peek().at.isAfter(end)) {
      Due next = due.poll();
      now = next.at;
      if (!next.cancelled) {
        next.action.run();
      }
    }
    now = end;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Scheduled after(Duration delay, Runnable action) {
    Due entry = new Due(now.plus(delay), order++, action);
    due.add(entry);
    return () -> entry.cancelled = true;
  }

  @Override
  public <T> void offload(Callable<T> work, BiConsumer<? super T, ? super Throwable> then) {
    throw new UnsupportedOperationException("nothing here works beside the timeline");
  }

  @Override
  public <T> T call(Callable<T> action) {
    try {
      return action.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    due.clear();
  }
}
