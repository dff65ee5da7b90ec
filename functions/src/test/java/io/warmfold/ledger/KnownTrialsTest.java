package io.warmfold.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.ledger.KnownTrials.Gap;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownTrialsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final KnownTrials known = new KnownTrials();

  @Test
  void everythingIsReadAtFirst() {
    assertThat(known.gap()).isEqualTo(new Gap(List.of(), 0));
  }

  @Test
  void oneUnfinishedTrialAmongThousandsCostsOneRead() {
    known.add(trials(0, 3_000, 7), 1);
    assertThat(known.gap()).isEqualTo(new Gap(List.of(7), 3_000));
    known.add(List.of(trial(7, true)), 1);
    assertThat(known.gap()).isEqualTo(new Gap(List.of(), 3_000));
  }

  @Test
  void manyUnfinishedOnesSideBySideAreReadTogether() {
    known.add(trials(0, 100, 3), 1);
    known.add(IntStream.range(100, 120).mapToObj(n -> trial(n, n % 2 == 0)).toList(), 1);
    assertThat(known.gap()).isEqualTo(new Gap(List.of(3), 101));
  }

  @Test
  void aNumberThatNoTrialHasYetIsLookedForAgain() {
    known.add(List.of(trial(0, true), trial(50, true)), 1);
    assertThat(known.gap()).isEqualTo(new Gap(List.of(), 1));
    known.add(trials(1, 49, -1), 1);
    assertThat(known.gap()).isEqualTo(new Gap(List.of(), 49));
    known.add(trials(51, 300, -1), 1);
    assertThat(known.gap()).isEqualTo(new Gap(List.of(49), 300));
  }

  @Test
  void allComeInTheOrderOfTheirNumbers() {
    known.add(trials(0, 20, 4), 1);
    var read = List.of(trial(21, false), trial(4, false), trial(20, false));
    known.add(read, 1);
    assertThat(known.with(read)).extracting(Trial::number).isSorted().hasSize(22);
  }

  @Test
  void aDecisionThatHasComeSinceIsRead() {
    var item = Rows.trial(trial(3, false));
    item.putObject("Decisions").set("1", Decisions.item(decision(Verdict.STOP)));
    assertThat(known.trial(item).decisions()).containsExactly(decision(Verdict.STOP));
    var later = item.deepCopy();
    later.withObject("Decisions").set("2", Decisions.item(decision(Verdict.RESUME)));
    assertThat(known.trial(later).decisions())
        .containsExactly(decision(Verdict.STOP), decision(Verdict.RESUME));
  }

  private static RaceDecision decision(Verdict verdict) {
    return new RaceDecision(
        verdict,
        NOW,
        List.of(0),
        5,
        1,
        0.5,
        new TreeMap<>(Map.of(2, 0)),
        OptionalDouble.empty(),
        0.1,
        4,
        0.3,
        0.05);
  }

  private static List<Trial> trials(int from, int to, int unfinished) {
    return IntStream.range(from, to).mapToObj(n -> trial(n, n != unfinished)).toList();
  }

  private static Trial trial(int number, boolean finished) {
    var outcomes = new TreeMap<Integer, FoldOutcome>();
    if (finished) {
      outcomes.put(0, new FoldOutcome.Scored("job", 1.0, NOW, 60, 60));
    }
    return new Trial(
        number, new TreeMap<>(), "Random", NOW, new TreeMap<>(), outcomes, Optional.empty());
  }
}
