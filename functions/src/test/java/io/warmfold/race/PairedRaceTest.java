package io.warmfold.race;

import static io.warmfold.race.Scores.trial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmfold.study.Direction;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRaceTest extends RaceContract {

  @Override
  Race race() {
    return new PairedRace(0.05);
  }

  @Test
  void alphaIsAboveZeroAndBelowOneHalf() {
    for (double alpha : new double[] {0, 0.5, -1, Double.NaN}) {
      assertThatThrownBy(() -> new PairedRace(alpha)).hasMessageContaining("alpha");
    }
  }

  @Test
  void withoutEnoughPastTrialsThreeFoldsAreNeeded() {
    var trials = List.of(trial(0, 1, 1, 1, 1, 1), trial(1, 9, 9), trial(2, 9, 9.1, 9));
    var field = race().field(trials, 5, Direction.MINIMIZE, Race.Phase.CLOSE);
    assertThat(field.judge(trials.get(1), Instant.EPOCH)).isEmpty();
    var decision = field.judge(trials.get(2), Instant.EPOCH).orElseThrow();
    assertThat(decision.verdict()).isEqualTo(Verdict.STOP);
    assertThat(decision.prior()).isEmpty();
    assertThat(decision.like()).isEmpty();
  }

  /** A trial after one fold that was so much worse than the incumbent's. */
  private RaceDecision judged(double worse, Race.Phase phase, List<RaceDecision> before) {
    return judged(race(), worse, phase, before);
  }

  private static RaceDecision judged(
      Race race, double worse, Race.Phase phase, List<RaceDecision> before) {
    var trials = new ArrayList<Trial>();
    trials.add(trial(0, 1, 1, 1));
    for (int t = 1; t <= 5; t++) {
      trials.add(trial(t, 1.1 + t, 1.9 + t, 1.5 + t));
    }
    trials.add(trial(6, before, 1 + worse));
    return race.field(trials, 3, Direction.MINIMIZE, phase)
        .judge(trials.getLast(), Instant.EPOCH)
        .orElseThrow();
  }

  @Test
  void aDoubtfulTrialMakesRoomForNewOnesAndIsResumedWhenThereAreNone() {
    int doubtful = 0;
    for (double worse = 0.1; worse < 3; worse += 0.05) {
      var searching = judged(worse, Race.Phase.SEARCH, List.of());
      var closing = judged(worse, Race.Phase.CLOSE, List.of());
      assertThat(searching.chance()).isEqualTo(closing.chance());
      assertThat(searching.verdict())
          .isEqualTo(searching.chance() < PairedRace.DOUBTFUL ? Verdict.STOP : Verdict.CONTINUE);
      if (searching.verdict() == Verdict.STOP) {
        assertThat(searching.alpha()).isEqualTo(PairedRace.DOUBTFUL);
        assertThat(judged(worse, Race.Phase.CLOSE, List.of(searching)).verdict())
            .isEqualTo(closing.verdict() == Verdict.STOP ? Verdict.STOP : Verdict.RESUME);
        doubtful += closing.verdict() == Verdict.CONTINUE ? 1 : 0;
      }
    }
    assertThat(doubtful).isPositive();
  }

  private static Race learning() {
    return new PairedRace(0.05).whereSearchLearns();
  }

  @Test
  void whereTheSearchLearnsADoubtfulTrialGoesOn() {
    int spared = 0;
    for (double worse = 0.1; worse < 3; worse += 0.05) {
      var learning = judged(learning(), worse, Race.Phase.SEARCH, List.of());
      assertThat(learning.alpha()).isEqualTo(0.05);
      assertThat(learning.verdict())
          .isEqualTo(learning.chance() < 0.05 ? Verdict.STOP : Verdict.CONTINUE);
      assertThat(judged(learning(), worse, Race.Phase.CLOSE, List.of()))
          .isEqualTo(judged(worse, Race.Phase.CLOSE, List.of()));
      spared += learning.chance() > 0.05 && learning.chance() < PairedRace.DOUBTFUL ? 1 : 0;
    }
    assertThat(spared).isPositive();
  }

  @Test
  void manyTrialsTeachASearchEnoughForADoubtfulOneToMakeRoom() {
    for (int many : new int[] {PairedRace.YOUNG - 1, PairedRace.YOUNG}) {
      var trials = new ArrayList<>(Scores.study(3, many - 1, 5, 2, 1, 0));
      assertThat(trials).hasSize(many);
      assertThat(
              learning()
                  .field(trials, 5, Direction.MINIMIZE, Race.Phase.SEARCH)
                  .judge(trials.getLast(), Instant.EPOCH)
                  .orElseThrow()
                  .alpha())
          .isEqualTo(many < PairedRace.YOUNG ? 0.05 : PairedRace.DOUBTFUL);
    }
  }

  @Test
  void anAlphaAboveDoubtHoldsInBothPhases() {
    var race = new PairedRace(0.3);
    var trials = Scores.study(3, 12, 5, 2, 1, 0);
    for (var phase : Race.Phase.values()) {
      assertThat(
              race.field(trials, 5, Direction.MINIMIZE, phase)
                  .judge(trials.getLast(), Instant.EPOCH)
                  .orElseThrow()
                  .alpha())
          .isEqualTo(0.3);
    }
  }

  @Test
  void aSingleFoldHasToSayTwiceAsMuch() {
    var chances = new ArrayList<Double>();
    for (double worse = 0.1; worse < 3; worse += 0.05) {
      var decision = judged(worse, Race.Phase.CLOSE, List.of());
      assertThat(decision.alpha()).isEqualTo(0.025);
      assertThat(decision.verdict())
          .isEqualTo(decision.chance() < 0.025 ? Verdict.STOP : Verdict.CONTINUE);
      assertThat(decision.explanation()).endsWith("below 2.5 %");
      chances.add(decision.chance());
    }
    assertThat(chances)
        .anyMatch(chance -> chance < 0.025)
        .anyMatch(chance -> chance > 0.025 && chance < 0.05);
  }

  @Test
  void aConstantDifferenceIsCertain() {
    var trials = List.of(trial(0, 1, 2, 3, 4, 5), trial(1, 2, 3, 4));
    var decision =
        race()
            .field(trials, 5, Direction.MINIMIZE, Race.Phase.CLOSE)
            .judge(trials.get(1), Instant.EPOCH)
            .orElseThrow();
    assertThat(decision.chance()).isZero();
    assertThat(decision.verdict()).isEqualTo(Verdict.STOP);
  }

  @Test
  void combinationsThatAreTheSameModelMakeNoPrior() {
    var trials = new ArrayList<Trial>();
    for (int t = 0; t < 10; t++) {
      trials.add(trial(t, 1, 2, 3, 4, 5));
    }
    trials.add(trial(10, 1, 2.5));
    assertThat(
            race()
                .field(trials, 5, Direction.MINIMIZE, Race.Phase.CLOSE)
                .judge(trials.getLast(), Instant.EPOCH))
        .isEmpty();
  }

  @Test
  void theRuleIsTheOneThatIsWrittenDown() {
    // Paired differences 0.3 and 0.1; every past trial's have variance 0.02 on two folds.
    var trials = new ArrayList<Trial>();
    trials.add(trial(0, 1, 1, 1));
    for (int t = 1; t <= 5; t++) {
      trials.add(trial(t, 1.1 + t, 1.3 + t, 1.2 + t));
    }
    trials.add(trial(6, 1.3, 1.1));
    var decision =
        race()
            .field(trials, 3, Direction.MINIMIZE, Race.Phase.CLOSE)
            .judge(trials.getLast(), Instant.EPOCH)
            .orElseThrow();
    double prior = 0.01 / Math.pow(1 - 2.0 / 18, 3);
    assertThat(decision.prior().orElseThrow()).isCloseTo(prior, offset(1e-12));
    assertThat(decision.degrees()).isEqualTo(8);
    double variance = (7 * prior + 0.02) / 8;
    assertThat(decision.variance()).isCloseTo(variance, offset(1e-12));
    assertThat(decision.chance())
        .isCloseTo(
            StudentT.below(-0.2 / Math.sqrt(variance * (1 / 2.0 - 1 / 3.0)), 8), offset(1e-12));
  }

  private static org.assertj.core.data.Offset<Double> offset(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }
}
