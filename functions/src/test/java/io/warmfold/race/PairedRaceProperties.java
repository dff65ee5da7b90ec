package io.warmfold.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmfold.study.Direction;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Laws of the paired race. */
class PairedRaceProperties {

  private static Optional<RaceDecision> judge(
      List<Trial> trials, int folds, Direction direction, double alpha) {
    return judge(trials, folds, direction, alpha, Race.Phase.CLOSE);
  }

  private static Optional<RaceDecision> judge(
      List<Trial> trials, int folds, Direction direction, double alpha, Race.Phase phase) {
    var judged = trials.stream().filter(trial -> !trial.complete(folds)).findFirst().orElseThrow();
    return new PairedRace(alpha)
        .field(trials, folds, direction, phase)
        .judge(judged, Instant.EPOCH);
  }

  @Property(tries = 60)
  void aVerdictDependsNeitherOnTheScaleNorOnTheLevelOfTheScores(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int complete,
      @ForAll @IntRange(min = 1, max = 4) int seen) {
    var plain = judge(Scores.study(seed, complete, 5, seen, 1, 0), 5, Direction.MINIMIZE, 0.05);
    var other = judge(Scores.study(seed, complete, 5, seen, 1000, 7), 5, Direction.MINIMIZE, 0.05);
    assertThat(other.isPresent()).isEqualTo(plain.isPresent());
    if (plain.isPresent()) {
      assertThat(other.get().chance()).isCloseTo(plain.get().chance(), within(1e-6));
      assertThat(other.get().like()).isEqualTo(plain.get().like());
    }
  }

  @Property(tries = 60)
  void maximizingTheNegativeIsTheSame(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int complete,
      @ForAll @IntRange(min = 1, max = 4) int seen) {
    assertThat(judge(Scores.study(seed, complete, 5, seen, -1, 0), 5, Direction.MAXIMIZE, 0.05))
        .isEqualTo(judge(Scores.study(seed, complete, 5, seen, 1, 0), 5, Direction.MINIMIZE, 0.05));
  }

  @Property(tries = 60)
  void whatStopsAtOneAlphaStopsAtALargerOne(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int complete,
      @ForAll @IntRange(min = 1, max = 4) int seen) {
    var trials = Scores.study(seed, complete, 5, seen, 1, 0);
    var stopped = false;
    for (double alpha : new double[] {0.001, 0.01, 0.05, 0.1, 0.3, 0.49}) {
      var stops =
          judge(trials, 5, Direction.MINIMIZE, alpha)
              .filter(decision -> decision.verdict() == Verdict.STOP)
              .isPresent();
      assertThat(stops || !stopped).isTrue();
      stopped = stops;
    }
  }

  @Property(tries = 60)
  void theOrderOfTheTrialsDoesNotMatter(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int complete,
      @ForAll @IntRange(min = 1, max = 4) int seen) {
    var trials = Scores.study(seed, complete, 5, seen, 1, 0);
    var shuffled = new ArrayList<>(trials);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(judge(shuffled, 5, Direction.MINIMIZE, 0.05))
        .isEqualTo(judge(trials, 5, Direction.MINIMIZE, 0.05));
  }

  @Property(tries = 60)
  void aDecisionCanBeMadeAgain(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int complete,
      @ForAll @IntRange(min = 1, max = 4) int seen,
      @ForAll Race.Phase phase) {
    var trials = Scores.study(seed, complete, 5, seen, 1, 0);
    judge(trials, 5, Direction.MINIMIZE, 0.05, phase)
        .ifPresent(
            made ->
                assertThat(
                        new PairedRace(0.05)
                            .again(made, trials.getLast(), trials, Direction.MINIMIZE))
                    .contains(made));
  }
}
