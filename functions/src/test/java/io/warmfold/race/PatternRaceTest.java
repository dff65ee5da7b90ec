package io.warmfold.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.space.Parameter;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The race where folds differ from place to place. */
class PatternRaceTest {

  private static final int FOLDS = 5;

  private static final SearchSpace SPACE =
      SearchSpace.of(List.of(new Parameter.Continuous("x", 0, 1, Scaling.LINEAR)));

  private static final Race RACE = new PairedRace(0.05, SPACE);

  /** Each fold has its optimum elsewhere, so that the first one is misleading away from 0.5. */
  private static double score(double x, int fold) {
    double centre = 0.5 + 0.2 * (fold - 2);
    return (x - centre) * (x - centre);
  }

  private static Trial trial(int number, double x, int seen) {
    double[] scores = IntStream.range(0, seen).mapToDouble(fold -> score(x, fold)).toArray();
    return Scores.trial(number, Map.of("x", Double.toString(x)), List.of(), scores);
  }

  /** Complete trials all over the range, and one of which only the first fold is known. */
  private static List<Trial> study(double x) {
    var trials = new ArrayList<Trial>();
    for (int t = 0; t < 12; t++) {
      trials.add(trial(t, 0.08 * t, FOLDS));
    }
    trials.add(trial(12, x, 1));
    return trials;
  }

  private static RaceDecision judge(Race race, List<Trial> trials) {
    return race.field(trials, FOLDS, Direction.MINIMIZE, Race.Phase.CLOSE)
        .judge(trials.get(12), Instant.EPOCH)
        .orElseThrow();
  }

  @Test
  void aTrialThatOnlyLooksBadOnItsFoldGoesOn() {
    // The best complete trial is at 0.48; this one is better in truth, and worse on the first fold.
    var trials = study(0.5);
    var decision = judge(RACE, trials);
    assertThat(decision.incumbent()).isEqualTo(6);
    assertThat(decision.verdict()).isEqualTo(Verdict.CONTINUE);
    assertThat(decision.difference()).isNegative();
    assertThat(decision.chance())
        .isGreaterThan(0.5)
        .isGreaterThan(judge(new PairedRace(0.05), trials).chance());
  }

  @Test
  void aTrialThatOnlyLooksGoodOnItsFoldHasNoBetterChanceThanItsPairsSay() {
    var trials = study(0.1);
    double pairs = judge(new PairedRace(0.05), trials).chance();
    assertThat(judge(RACE, trials).chance()).isEqualTo(pairs);
  }

  @Test
  void theMoreHopefulRuleDecides() {
    int patterns = 0;
    for (double x = 0.01; x < 1; x += 0.01) {
      var trials = study(x);
      var alone = judge(new PairedRace(0.05), trials);
      var both = judge(RACE, trials);
      assertThat(both.chance()).isGreaterThanOrEqualTo(alone.chance());
      if (both.like().containsKey(both.incumbent())) {
        patterns++;
        assertThat(both.like())
            .hasSize(12)
            .allSatisfy((trial, seen) -> assertThat(seen).isEqualTo(5));
        assertThat(both.explanation()).contains("is to be expected");
      } else {
        assertThat(both).isEqualTo(alone);
      }
    }
    assertThat(patterns).isPositive();
  }

  @Property(tries = 40)
  void aDecisionCanBeMadeAgainWhateverTheOrderOfTheTrials(@ForAll long seed) {
    var trials = study(new Random(seed).nextDouble());
    var made = judge(RACE, trials);
    var shuffled = new ArrayList<>(trials);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(
            new PairedRace(0.05, SPACE).again(made, trials.getLast(), shuffled, Direction.MINIMIZE))
        .contains(made);
    assertThat(
            RACE.field(shuffled, FOLDS, Direction.MINIMIZE, Race.Phase.CLOSE)
                .judge(trials.getLast(), Instant.EPOCH))
        .contains(made);
  }
}
