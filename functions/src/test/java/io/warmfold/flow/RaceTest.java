package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Ledger;
import io.warmfold.ledger.MemoryTable;
import io.warmfold.race.PairedRace;
import io.warmfold.study.Direction;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The race as lanes and endings of jobs run it together. */
class RaceTest {

  private final MemoryTable table = new MemoryTable();
  private final TestStudy study = new TestStudy(table);
  private final Map<Integer, Double> levels = new HashMap<>();

  private static ObjectNode racing(int trials, int slots, int folds) {
    ObjectNode document = document();
    document.putObject("CrossValidation").put("Folds", folds);
    document
        .withObject("HyperParameterTuningJobConfig")
        .withObject("ResourceLimits")
        .put("MaxNumberOfTrainingJobs", trials)
        .put("MaxParallelTrainingJobs", slots);
    return document;
  }

  private double score(int trial, int fold) {
    var level = levels.computeIfAbsent(trial, t -> new SplittableRandom(t + 1_000L).nextDouble());
    return level + fold + 0.05 * new SplittableRandom(100L * trial + fold).nextGaussian();
  }

  /** Runs lanes until all are done; {@code pick} says whose job of those running ends next. */
  private List<String> run(String key, int lanes, IntBinaryOperator pick) {
    record Running(int lane, int trial, int fold) {}
    var ran = new ArrayList<String>();
    var running = new ArrayList<Running>();
    var turns = new int[lanes];
    var awake = new HashSet<Integer>();
    for (int lane = 0; lane < lanes; lane++) {
      awake.add(lane);
    }
    while (!awake.isEmpty() || !running.isEmpty()) {
      for (var lane : List.copyOf(awake)) {
        var next = study.next(key, lane, turns[lane]++);
        switch (next.path("Action").textValue()) {
          case "Run" -> {
            int trial = next.path("Trial").intValue();
            int fold = next.path("Fold").intValue();
            study.start(key, trial, fold, lane + "/" + turns[lane]);
            running.add(new Running(lane, trial, fold));
            ran.add(trial + "/" + fold);
            awake.remove(lane);
          }
          case "Done" -> awake.remove(lane);
          default -> assertThat(running).as("somebody has to work while others wait").isNotEmpty();
        }
      }
      assertThat(running).hasSizeLessThanOrEqualTo(lanes);
      if (!running.isEmpty()) {
        var ended = running.remove(pick.applyAsInt(running.size(), ran.size()));
        study.complete(key, ended.trial(), ended.fold(), score(ended.trial(), ended.fold()));
        awake.add(ended.lane());
      }
    }
    return ran;
  }

  @Test
  void onlyTrialsThatTeachTheSearchNothingMakeRoomWhenDoubtful() {
    for (String strategy : List.of("Bayesian", "Random")) {
      var fresh = new RaceTest();
      var document = racing(30, 4, 5);
      document.withObject("HyperParameterTuningJobConfig").put("Strategy", strategy);
      String key = fresh.study.open(document);
      fresh.run(key, 4, (many, turn) -> new SplittableRandom(turn).nextInt(many));
      var limits =
          fresh.study.ledger.trials().all(key).stream()
              .flatMap(trial -> trial.decisions().stream())
              .map(RaceDecision::alpha)
              .collect(Collectors.toSet());
      assertThat(limits).contains(strategy.equals("Bayesian") ? 0.05 : 0.15);
      assertThat(limits.contains(0.15)).isEqualTo(strategy.equals("Random"));
    }
  }

  @Test
  void everyDecisionOfAStudyCanBeMadeAgainFromTheLedger() {
    for (int lanes : new int[] {1, 4, 9}) {
      var fresh = new RaceTest();
      var document = racing(40, lanes, 5);
      var race =
          new PairedRace(0.05, StudyDocument.require(document).tuning().parameterRanges().space());
      String key = fresh.study.open(document);
      var ran = fresh.run(key, lanes, (many, turn) -> new SplittableRandom(turn).nextInt(many));
      assertThat(ran).doesNotHaveDuplicates().hasSizeLessThan(160);
      // From the rows alone, as another function would read them.
      var trials = new Ledger(fresh.table, fresh.study).trials().all(key);
      int decisions = 0;
      for (var trial : trials) {
        for (var decision : trial.decisions()) {
          assertThat(race.again(decision, trial, trials, Direction.MINIMIZE)).contains(decision);
          decisions++;
        }
      }
      assertThat(decisions).isGreaterThan(20);
      assertThat(trials).hasSize(40).allMatch(trial -> trial.finished(5));
      assertThat(best(trials)).isEqualTo(fresh.lowest());
    }
  }

  private int lowest() {
    int best = 0;
    for (int trial = 1; trial < levels.size(); trial++) {
      if (mean(trial) < mean(best)) {
        best = trial;
      }
    }
    return best;
  }

  private double mean(int trial) {
    double sum = 0;
    for (int fold = 0; fold < 5; fold++) {
      sum += score(trial, fold);
    }
    return sum / 5;
  }

  private static int best(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.complete(5))
        .min(Trial.bestFirst(5, Direction.MINIMIZE))
        .orElseThrow()
        .number();
  }

  @Test
  void theResultCountsWhatTheRaceStopped() {
    String key = study.open(racing(20, 2, 5));
    run(key, 2, (many, turn) -> 0);
    assertThat(study.selection.select(key, TestStudy.EXECUTION, 0).path("Next").textValue())
        .isEqualTo("Train");
    var stopped =
        study.ledger.trials().all(key).stream()
            .filter(trial -> trial.stoppedByRace().isPresent())
            .toList();
    assertThat(stopped).isNotEmpty();
    assertThat(stopped.getFirst().stoppedByRace().orElseThrow())
        .startsWith("stopped after ")
        .contains("worse than trial");
  }

  @Test
  void aResumedTrialIsSeenAsUnfinishedByAllWhoHadItAsStopped() {
    String key = study.open(racing(20, 1, 5));
    run(key, 1, (many, turn) -> 0);
    var other = new Ledger(table, study);
    var stopped =
        other.trials().current(key, 5).stream()
            .filter(trial -> trial.stoppedByRace().isPresent())
            .findFirst()
            .orElseThrow();
    var made = stopped.decisions().getLast().as(Verdict.RESUME);
    assertThat(study.ledger.trials().decide(key, stopped, made)).isTrue();
    assertThat(study.ledger.trials().decide(key, stopped, made)).isFalse();
    assertThat(other.trials().current(key, 5).get(stopped.number()).finished(5)).isFalse();
    var again = other.trials().current(key, 5).get(stopped.number());
    assertThat(other.trials().decide(key, again, again.decisions().getFirst().as(Verdict.STOP)))
        .isTrue();
    assertThat(other.trials().current(key, 5).get(stopped.number()).finished(5)).isTrue();
    assertThat(other.trials().current(key, 5)).hasSize(20);
  }

  @Test
  void endingAFoldTwiceDecidesOnce() {
    String key = study.open(racing(20, 1, 5));
    run(key, 1, (many, turn) -> 0);
    var trials = study.ledger.trials().all(key);
    for (var trial : trials) {
      trial.outcomes().values().forEach(fold -> study.jobEnd.handle(key, fold.job()));
    }
    assertThat(study.ledger.trials().all(key)).isEqualTo(trials);
    for (var trial : trials) {
      assertThat(trial.decisions().stream().map(one -> one.verdict() + " " + one.folds()).toList())
          .doesNotHaveDuplicates();
    }
  }
}
