package io.warmfold.race;

import static io.warmfold.race.Scores.failed;
import static io.warmfold.race.Scores.trial;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.study.Direction;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every race promises. */
abstract class RaceContract {

  abstract Race race();

  private Race.Field field(Trial... trials) {
    return race().field(List.of(trials), 3, Direction.MINIMIZE, Race.Phase.CLOSE);
  }

  @Test
  void nobodyIsJudgedWhileNoTrialIsComplete() {
    var field = field(trial(0, 1, 2), trial(1, 9, 9));
    assertThat(field.incumbent()).isEmpty();
    assertThat(field.judge(trial(1, 9, 9), Instant.EPOCH)).isEmpty();
  }

  @Test
  void completeAndFailedTrialsAndThoseWithoutAFoldAreNotJudged() {
    var field = field(trial(0, 1, 1, 1), trial(1, 2, 2, 2), failed(2), trial(3));
    assertThat(field.judge(trial(1, 2, 2, 2), Instant.EPOCH)).isEmpty();
    assertThat(field.judge(failed(2), Instant.EPOCH)).isEmpty();
    assertThat(field.judge(trial(3), Instant.EPOCH)).isEmpty();
  }

  @Test
  void theIncumbentIsTheBestInTheDirectionOfTheObjective() {
    var trials = List.of(trial(0, 1, 1, 1), trial(1, 2, 2, 2), trial(2, 0, 0));
    assertThat(
            race()
                .field(trials, 3, Direction.MINIMIZE, Race.Phase.CLOSE)
                .incumbent()
                .orElseThrow()
                .number())
        .isZero();
    assertThat(
            race()
                .field(trials, 3, Direction.MAXIMIZE, Race.Phase.CLOSE)
                .incumbent()
                .orElseThrow()
                .number())
        .isEqualTo(1);
  }

  @Test
  void aTrialThatIsNotWorseGoesOn() {
    var trials = new ArrayList<>(Scores.study(3, 12, 5, 4, 1, 0));
    var best =
        race().field(trials, 5, Direction.MINIMIZE, Race.Phase.CLOSE).incumbent().orElseThrow();
    var twin =
        trial(50, best.scores().values().stream().limit(4).mapToDouble(score -> score).toArray());
    trials.add(twin);
    assertThat(
            race()
                .field(trials, 5, Direction.MINIMIZE, Race.Phase.CLOSE)
                .judge(twin, Instant.EPOCH))
        .hasValueSatisfying(decision -> assertThat(decision.verdict()).isEqualTo(Verdict.CONTINUE));
  }

  @Test
  void aTrialThatIsFarWorseStops() {
    var trials = new ArrayList<>(Scores.study(3, 12, 5, 4, 1, 0));
    var hopeless = trial(50, 90, 91, 90, 91);
    trials.add(hopeless);
    var decision =
        race()
            .field(trials, 5, Direction.MINIMIZE, Race.Phase.CLOSE)
            .judge(hopeless, Instant.EPOCH)
            .orElseThrow();
    assertThat(decision.verdict()).isEqualTo(Verdict.STOP);
    assertThat(decision.folds()).containsExactly(0, 1, 2, 3);
    assertThat(decision.explanation()).startsWith("stopped after 4 of 5 folds");
  }

  @Test
  void aStoppedTrialThatMightBeBestIsResumedAndNoOther() {
    var trials = new ArrayList<>(Scores.study(3, 12, 5, 4, 1, 0));
    var field = race().field(trials, 5, Direction.MINIMIZE, Race.Phase.CLOSE);
    var stop = field.judge(trial(50, 90, 91, 90, 91), Instant.EPOCH).orElseThrow();
    var best = field.incumbent().orElseThrow();
    var twin =
        trial(
            51,
            List.of(stop),
            best.scores().values().stream().limit(4).mapToDouble(score -> score).toArray());
    var hopeless = trial(52, List.of(stop), 90, 91, 90, 91);
    assertThat(field.judge(twin, Instant.EPOCH).orElseThrow().verdict()).isEqualTo(Verdict.RESUME);
    assertThat(field.judge(hopeless, Instant.EPOCH).orElseThrow().verdict())
        .isEqualTo(Verdict.STOP);
  }

  @Test
  void scoresOfAnyMagnitudeAreSurvived() {
    for (double huge : new double[] {1e308, -1e308, 1e-320, 0}) {
      var trials = new ArrayList<Trial>();
      for (int t = 0; t < 8; t++) {
        trials.add(trial(t, huge, -huge / (t + 1), huge));
      }
      trials.add(trial(8, -huge, huge));
      race()
          .field(trials, 3, Direction.MINIMIZE, Race.Phase.CLOSE)
          .judge(trials.getLast(), Instant.EPOCH)
          .ifPresent(decision -> assertThat(decision.chance()).isBetween(0.0, 1.0));
    }
  }
}
