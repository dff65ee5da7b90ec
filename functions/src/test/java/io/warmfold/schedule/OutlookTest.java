package io.warmfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.study.FoldOutcome;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OutlookTest {

  private static final long[] SECONDS = {100, 100, 110, 120, 300};

  private static double remaining(double age) {
    return Outlook.of(List.of(age), SECONDS).next().orElseThrow();
  }

  @Test
  void aFoldLastsAsLongAsHalfOfThoseThatLastedLonger() {
    assertThat(remaining(0)).isEqualTo(110);
    assertThat(remaining(60)).isEqualTo(50);
    assertThat(remaining(108)).isEqualTo(12);
    assertThat(remaining(150)).isEqualTo(150);
  }

  @Test
  void theNewsOfAnEndMayBeOnTheirWay() {
    assertThat(remaining(122)).isZero();
  }

  @Test
  void aFoldThatOutlastsAllGoesOnForAQuarter() {
    assertThat(remaining(400)).isEqualTo(100);
  }

  @Test
  void theNextEndAndHowManyAreNear() {
    var outlook = Outlook.of(List.of(0.0, 60.0, 90.0), SECONDS);
    assertThat(outlook.next()).hasValue(20);
    assertThat(outlook.within(50)).isEqualTo(2);
  }

  @Test
  void nothingIsKnownBeforeAFoldHasEnded() {
    assertThat(Outlook.of(List.of(3.0), new long[0]).next()).isEmpty();
    assertThat(Outlook.of(List.of(), SECONDS).next()).isEmpty();
  }

  @Test
  void aColdStartIsWhatTheFirstFoldOfASlotTakesBeforeItsBillBegins() {
    var outcomes = new TreeMap<Integer, FoldOutcome>();
    outcomes.put(0, new FoldOutcome.Scored("a", 1, Instant.EPOCH, 300, 140));
    for (int fold = 1; fold < 4; fold++) {
      outcomes.put(fold, new FoldOutcome.Scored("b", 1, Instant.EPOCH, 140, 139));
    }
    var trial =
        new Trial(
            0, new TreeMap<>(), "test", Instant.EPOCH, new TreeMap<>(), outcomes, Optional.empty());
    assertThat(Outlook.coldStart(List.of(trial), 1, 1)).isEqualTo(160);
    assertThat(Outlook.coldStart(List.of(), 1, 1)).isZero();
  }
}
