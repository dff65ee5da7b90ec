package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.local.simulation.Breach.Invariant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each invariant fires when it is broken, and only then. */
class WatchTest {

  private static final Watch.Fold FOLD = new Watch.Fold(3, 1);

  private final Object instances = "instances";
  private final Watch watch = new Watch(2, 1, 4);

  private List<Invariant> broken() {
    return watch.breaches().stream().map(Breach::invariant).toList();
  }

  @Test
  void twoLanesThatRefillTheirWarmSlotsBreakNothing() {
    watch.started(0, "a", Optional.empty());
    watch.started(0, "b", Optional.empty());
    watch.startedFold(0, "a", FOLD);
    watch.completedFold(100, "a", FOLD);
    watch.ended("a");
    watch.waits(100, instances, "a");
    watch.started(101, "c", Optional.of(instances));
    watch.ended("b");
    watch.waits(110, "others", "b");
    watch.released(170, "others");
    watch.ended("c");
    watch.waits(200, instances, "c");
    watch.released(200, instances);
    watch.history(201, "lane", 24_999);
    watch.over(201);
    assertThat(watch.breaches()).isEmpty();
    assertThat(watch.peak()).isEqualTo(2);
    assertThat(watch.coldStarts()).isEqualTo(2);
    assertThat(watch.warmStarts()).isEqualTo(1);
    assertThat(watch.lastFold()).isEqualTo(100);
  }

  @Test
  void moreJobsThanSlotsAreNoticed() {
    watch.started(0, "a", Optional.empty());
    watch.started(1, "b", Optional.empty());
    watch.started(2, "c", Optional.empty());
    assertThat(broken()).containsExactly(Invariant.JOBS_WITHIN_SLOTS);
    assertThat(watch.breaches().getFirst().text())
        .isEqualTo("JOBS_WITHIN_SLOTS at 2.0 s: 3 training jobs at once on 2 slots, c the last");
  }

  @Test
  void aColdStartBesideWarmInstancesIsNoticed() {
    watch.waits(0, instances, "a");
    watch.started(5, "b", Optional.empty());
    assertThat(broken()).containsExactly(Invariant.NO_NEEDLESS_COLD_START);
  }

  @Test
  void instancesThatCannotBeUsedYetAreNotWarm() {
    watch.waits(0, instances, "a");
    watch.started(3, "b", Optional.empty());
    assertThat(watch.breaches()).isEmpty();
  }

  @Test
  void instancesThatWaitTooLongForNothingAreNoticed() {
    watch.waits(0, instances, "a");
    watch.released(61.5, instances);
    assertThat(broken()).containsExactly(Invariant.NO_IDLE_INSTANCE_KEPT);
  }

  @Test
  void instancesMayWaitForAJobThatSageMakerRefusesToStart() {
    watch.waits(0, instances, "a");
    watch.waits(0, "others", "b");
    watch.refused(90);
    watch.released(151, instances);
    assertThat(watch.breaches()).isEmpty();
    watch.released(151.5, "others");
    assertThat(broken()).containsExactly(Invariant.NO_IDLE_INSTANCE_KEPT);
    assertThat(watch.breaches().getFirst().text())
        .contains("waited 62 s for nothing, 61 s at most");
  }

  @Test
  void instancesOfAJobWhoseEndNobodyHeardOfMayWaitForTheSweep() {
    watch.unheard("a", 420);
    watch.waits(0, instances, "a");
    watch.released(480, instances);
    assertThat(watch.breaches()).isEmpty();
    watch.waits(500, instances, "a");
    watch.released(500 + 482, instances);
    assertThat(broken()).containsExactly(Invariant.NO_IDLE_INSTANCE_KEPT);
  }

  @Test
  void whoeverTakesTheInstancesOfSuchAJobLeavesItsOwnInTheirPlace() {
    watch.unheard("a", 420);
    watch.waits(0, instances, "a");
    watch.started(10, "b", Optional.of(instances));
    watch.waits(20, "others", "c");
    watch.waits(20, "more", "d");
    watch.released(260, "others");
    assertThat(watch.breaches()).isEmpty();
    watch.released(260, "more");
    assertThat(broken()).containsExactly(Invariant.NO_IDLE_INSTANCE_KEPT);
  }

  @Test
  void whatIsLeftBehindIsNoticed() {
    watch.started(0, "a", Optional.empty());
    watch.waits(3, instances, "b");
    watch.over(10);
    assertThat(broken()).containsExactly(Invariant.NO_JOB_LEFT, Invariant.NO_POOL_LEFT);
  }

  @Test
  void aFoldThatIsTrainedAgainIsNoticedWhenItStarts() {
    watch.startedFold(0, "a", FOLD);
    watch.completedFold(10, "a", FOLD);
    watch.startedFold(11, "b", new Watch.Fold(3, 2));
    assertThat(watch.breaches()).isEmpty();
    watch.startedFold(12, "c", FOLD);
    assertThat(broken()).containsExactly(Invariant.NO_FOLD_TRAINED_TWICE);
  }

  @Test
  void aFoldThatTwoJobsCompleteIsNoticed() {
    watch.completedFold(10, "a", FOLD);
    watch.completedFold(11, "b", FOLD);
    assertThat(broken()).containsExactly(Invariant.NO_FOLD_TRAINED_TWICE);
  }

  @Test
  void aHistoryAtItsLimitIsNoticed() {
    watch.history(5, "lane", 25_000);
    assertThat(broken()).containsExactly(Invariant.HISTORY_WITHIN_LIMIT);
  }
}
