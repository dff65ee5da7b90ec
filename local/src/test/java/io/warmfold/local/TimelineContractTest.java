package io.warmfold.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What both timelines promise, and what only the virtual one does. */
final class TimelineContractTest {

  abstract static class Contract {

    abstract Timeline timeline();

    /** Lets the timeline work until the latch is down. */
    abstract void await(CountDownLatch latch) throws InterruptedException;

    @AfterEach
    void close() {
      timeline().close();
    }

    @Test
    void runsActionsInTheOrderTheyWereAskedFor() throws InterruptedException {
      List<Integer> order = new ArrayList<>();
      CountDownLatch done = new CountDownLatch(100);
      for (int i = 0; i < 100; i++) {
        int number = i;
        timeline()
            .after(
                Duration.ZERO,
                () -> {
                  order.add(number);
                  done.countDown();
                });
      }
      await(done);
      assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void runsTheEarlierActionFirst() throws InterruptedException {
      List<String> order = new ArrayList<>();
      CountDownLatch done = new CountDownLatch(2);
      timeline()
          .after(
              Duration.ofMillis(40),
              () -> {
                order.add("late");
                done.countDown();
              });
      timeline()
          .after(
              Duration.ofMillis(5),
              () -> {
                order.add("early");
                done.countDown();
              });
      await(done);
      assertThat(order).containsExactly("early", "late");
    }

    @Test
    void isNeverEarly() throws InterruptedException {
      Instant start = timeline().instant();
      AtomicReference<Instant> ran = new AtomicReference<>();
      CountDownLatch done = new CountDownLatch(1);
      timeline()
          .after(
              Duration.ofMillis(30),
              () -> {
                ran.set(timeline().instant());
                done.countDown();
              });
      await(done);
      // The wall clock and the clock that executors wait by may differ by a hair.
      assertThat(ran.get()).isAfterOrEqualTo(start.plusMillis(29));
    }

    @Test
    void doesNotRunWhatWasCancelled() throws InterruptedException {
      List<String> ran = new ArrayList<>();
      CountDownLatch done = new CountDownLatch(1);
      Timeline.Scheduled cancelled =
          timeline().after(Duration.ofMillis(5), () -> ran.add("cancelled"));
      timeline()
          .after(
              Duration.ofMillis(20),
              () -> {
                ran.add("kept");
                done.countDown();
              });
      cancelled.cancel();
      await(done);
      assertThat(ran).containsExactly("kept");
    }

    @Test
    void handsTheResultOfOffloadedWorkToItsOwnThread() throws InterruptedException {
      AtomicReference<String> result = new AtomicReference<>();
      AtomicReference<Thread> thread = new AtomicReference<>();
      AtomicReference<Thread> own = new AtomicReference<>();
      CountDownLatch done = new CountDownLatch(2);
      timeline()
          .after(
              Duration.ZERO,
              () -> {
                own.set(Thread.currentThread());
                done.countDown();
              });
      timeline()
          .offload(
              () -> "worked",
              (value, thrown) -> {
                result.set(value + " " + thrown);
                thread.set(Thread.currentThread());
                done.countDown();
              });
      await(done);
      assertThat(result).hasValue("worked null");
      assertThat(thread.get()).isSameAs(own.get());
    }

    @Test
    void handsOnWhatOffloadedWorkThrew() throws InterruptedException {
      AtomicReference<Throwable> problem = new AtomicReference<>();
      CountDownLatch done = new CountDownLatch(1);
      timeline()
          .offload(
              () -> {
                throw new java.io.IOException("disk");
              },
              (value, thrown) -> {
                problem.set(thrown);
                done.countDown();
              });
      await(done);
      assertThat(problem.get()).isInstanceOf(java.io.IOException.class).hasMessage("disk");
    }

    @Test
    void callReturnsTheResultAlsoFromInside() throws InterruptedException {
      assertThat(timeline().call(() -> 41 + 1)).isEqualTo(42);
      AtomicReference<Integer> inner = new AtomicReference<>();
      CountDownLatch done = new CountDownLatch(1);
      timeline()
          .after(
              Duration.ZERO,
              () -> {
                inner.set(timeline().call(() -> timeline().call(() -> 7)));
                done.countDown();
              });
      await(done);
      assertThat(inner).hasValue(7);
    }

    @Test
    void callThrowsWhatTheActionThrew() {
      assertThatThrownBy(
              () ->
                  timeline()
                      .call(
                          () -> {
                            throw new IllegalArgumentException("no");
                          }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no");
      assertThatThrownBy(
              () ->
                  timeline()
                      .call(
                          () -> {
                            throw new java.io.IOException("checked");
                          }))
          .hasRootCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void refusesAnActionInThePast() {
      assertThatThrownBy(() -> timeline().after(Duration.ofMillis(-1), () -> {}))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dropsWhatIsAskedForAfterItsEnd() {
      timeline().close();
      timeline().after(Duration.ZERO, () -> {}).cancel();
      timeline().offload(() -> 1, (value, thrown) -> {});
    }
  }

  @Nested
  final class OnTheWallClock extends Contract {
    private final RealTimeline timeline = new RealTimeline();

    @Override
    Timeline timeline() {
      return timeline;
    }

    @Override
    void await(CountDownLatch latch) throws InterruptedException {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void goesOnAfterAnActionThatThrew() throws InterruptedException {
      AtomicReference<Throwable> uncaught = new AtomicReference<>();
      CountDownLatch done = new CountDownLatch(1);
      timeline.after(
          Duration.ZERO,
          () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.set(e));
            throw new IllegalStateException("broken");
          });
      timeline.after(Duration.ZERO, done::countDown);
      await(done);
      assertThat(uncaught.get()).hasMessage("broken");
    }

    @Test
    void callEndsWhenTheTimelineDoes() throws InterruptedException {
      CountDownLatch busy = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      timeline.after(
          Duration.ZERO,
          () -> {
            busy.countDown();
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      busy.await();
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread caller =
          Thread.startVirtualThread(
              () -> {
                try {
                  timeline.call(() -> 1);
                } catch (IllegalStateException e) {
                  thrown.set(e);
                }
              });
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      timeline.close();
      caller.join();
      assertThat(thrown.get()).hasMessageContaining("closed");
    }

    @Test
    void offloadedWorkDoesNotHoldTheTimelineUp() throws InterruptedException {
      CountDownLatch release = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(1);
      timeline.offload(
          () -> release.await(30, TimeUnit.SECONDS), (value, thrown) -> done.countDown());
      timeline.after(Duration.ZERO, release::countDown);
      await(done);
    }
  }

  @Nested
  final class OnTheVirtualClock extends Contract {
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final VirtualTimeline timeline = new VirtualTimeline(start);

    @Override
    Timeline timeline() {
      return timeline;
    }

    @Override
    void await(CountDownLatch latch) {
      assertThat(timeline.runUntil(() -> latch.getCount() == 0)).isTrue();
    }

    @Test
    void jumpsOverDays() {
      timeline.after(Duration.ofDays(30), () -> {});
      timeline.runUntilIdle();
      assertThat(timeline.instant()).isEqualTo(start.plus(Duration.ofDays(30)));
    }

    @Test
    void aCancelledActionDoesNotMoveTheClock() {
      timeline.after(Duration.ofDays(1), () -> {}).cancel();
      timeline.after(Duration.ofSeconds(1), () -> {});
      timeline.runUntilIdle();
      assertThat(timeline.instant()).isEqualTo(start.plusSeconds(1));
    }

    @Test
    void standsStillWhileAnActionRuns() {
      List<Instant> seen = new ArrayList<>();
      timeline.after(
          Duration.ofSeconds(5),
          () -> {
            seen.add(timeline.instant());
            timeline.after(Duration.ZERO, () -> seen.add(timeline.instant()));
          });
      timeline.runUntilIdle();
      assertThat(seen).containsExactly(start.plusSeconds(5), start.plusSeconds(5));
    }

    @Test
    void runForStopsWhereItShould() {
      List<String> ran = new ArrayList<>();
      timeline.after(Duration.ofSeconds(10), () -> ran.add("at the end"));
      timeline.after(Duration.ofSeconds(11), () -> ran.add("after it"));
      timeline.runFor(Duration.ofSeconds(10));
      assertThat(ran).containsExactly("at the end");
      assertThat(timeline.instant()).isEqualTo(start.plusSeconds(10));
    }

    @Test
    void runUntilSaysWhetherTheConditionCameTrue() {
      timeline.after(Duration.ofSeconds(1), () -> {});
      assertThat(timeline.runUntil(() -> timeline.instant().isAfter(start.plusSeconds(5))))
          .isFalse();
    }

    @Test
    void offloadedWorkIsDoneInPlaceAndItsResultWaitsItsTurn() {
      List<String> order = new ArrayList<>();
      timeline.after(
          Duration.ZERO,
          () -> {
            timeline.offload(() -> order.add("work"), (value, thrown) -> order.add("then"));
            order.add("rest of the action");
          });
      timeline.runUntilIdle();
      assertThat(order).containsExactly("work", "rest of the action", "then");
    }
  }
}
