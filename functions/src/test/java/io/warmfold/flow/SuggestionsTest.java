package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.document;
import static io.warmfold.flow.TestStudy.turn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Stock;
import io.warmfold.study.Trial;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The stock of suggestions, as lanes that come at once, die and come late meet it. */
class SuggestionsTest {

  private final CountingTable table = new CountingTable();
  private final TestStudy study = new TestStudy(table);
  private final AtomicInteger storms = new AtomicInteger();

  private static ObjectNode bayesian(int trials, int slots) {
    ObjectNode document = document();
    ObjectNode config = document.withObject("HyperParameterTuningJobConfig");
    config.put("Strategy", "Bayesian");
    config
        .withObject("ResourceLimits")
        .put("MaxNumberOfTrainingJobs", trials)
        .put("MaxParallelTrainingJobs", slots);
    return document;
  }

  private Stock stock(String key) {
    return study.ledger.stocks().find(key);
  }

  @Test
  void oneSlotKeepsNoStock() {
    String key = study.open(bayesian(4, 1));
    study.next(key, 0, 0);
    assertThat(stock(key)).isEqualTo(Stock.empty());
  }

  @Test
  void oneFillingServesAllSlotsThatAreIdle() {
    String key = study.open(bayesian(30, 10));
    for (int lane = 0; lane < 10; lane++) {
      study.next(key, lane, 0);
    }
    assertThat(stock(key).filling()).isEqualTo(1);
    assertThat(combinations(key)).hasSize(10);
  }

  @Test
  void whatIsInStockIsStaleWhenEnoughHasBeenLearnt() {
    String key = study.open(bayesian(40, 8));
    study.next(key, 0, 0);
    for (int trial = 1; trial <= 2; trial++) {
      runTrial(key, trial);
    }
    study.next(key, 5, 0);
    assertThat(stock(key).filling()).isEqualTo(2);
    assertThat(stock(key).seen()).isEqualTo(2);
  }

  @Test
  void whoDiesFillingDelaysTheOthersUntilItsLeaseIsOver() {
    String key = study.open(bayesian(40, 8));
    assertThat(
            study
                .ledger
                .stocks()
                .lease(
                    key,
                    Stock.empty(),
                    "somebody else",
                    study.instant().plus(Duration.ofSeconds(30))))
        .isTrue();
    ObjectNode answer = study.next(key, 0, 0);
    assertThat(answer.path("Action").textValue()).isEqualTo("Wait");
    assertThat(answer.path("Seconds").intValue()).isBetween(1, 3);
    study.pass(Duration.ofSeconds(30));
    assertThat(study.next(key, 0, 1).path("Action").textValue()).isEqualTo("Run");
  }

  @Test
  void whoLostItsLeaseChangesNothing() {
    String key = study.open(bayesian(40, 8));
    study.ledger.stocks().lease(key, Stock.empty(), "slow", study.instant());
    study.next(key, 0, 0);
    Stock filled = stock(key);
    assertThat(study.ledger.stocks().fill(key, "slow", Stock.empty())).isFalse();
    assertThat(stock(key)).isEqualTo(filled);
  }

  @Test
  void lanesTakeWhatIsLeftWhileAnotherFills() {
    String key = study.open(bayesian(40, 8));
    study.next(key, 0, 0);
    for (int trial = 1; trial <= 2; trial++) {
      runTrial(key, trial);
    }
    study
        .ledger
        .stocks()
        .lease(key, stock(key), "somebody else", study.instant().plus(Duration.ofSeconds(30)));
    assertThat(study.next(key, 6, 0).path("Action").textValue()).isEqualTo("Run");
    assertThat(stock(key).filling()).isEqualTo(1);
  }

  @Test
  void suggestionsWithLongValuesFitIntoTheTable() {
    ObjectNode document = bayesian(200, 100);
    ObjectNode ranges =
        document.withObject("HyperParameterTuningJobConfig").withObject("ParameterRanges");
    ranges.removeAll();
    var choices = ranges.putArray("CategoricalParameterRanges");
    document
        .withObject("TrainingJobDefinition")
        .withObject("AlgorithmSpecification")
        .put("TrainingImage", "123456789012.dkr.ecr.us-east-1.amazonaws.com/mine:1")
        .putArray("MetricDefinitions")
        .addObject()
        .put("Name", "validation:rmse")
        .put("Regex", "rmse=([0-9.]+)");
    for (int i = 0; i < 30; i++) {
      var values = choices.addObject().put("Name", "p".repeat(200) + i).putArray("Values");
      values.add("a".repeat(250)).add("b".repeat(250));
    }
    String key = study.open(document);
    for (int lane = 0; lane < 100; lane++) {
      assertThat(study.next(key, lane, 0).path("Action").textValue()).isEqualTo("Run");
    }
    assertThat(table.largest()).isLessThan(400_000);
    assertThat(combinations(key)).hasSize(100);
  }

  @Test
  void aHundredLanesThatAskAtOnceGetAHundredTrialsFromAFewFillings() throws Exception {
    String key = study.open(bayesian(400, 100));
    for (int trial = 0; trial < 12; trial++) {
      runTrial(key, trial);
    }
    int fillings = stock(key).filling();
    table.reset();
    List<Integer> trials = askAtOnce(key, 100);
    assertThat(new HashSet<>(trials)).hasSize(100);
    assertThat(combinations(key)).hasSize(112);
    // 32 suggestions a filling, and the stock there was.
    assertThat(stock(key).filling() - fillings).isBetween(1, 6);
    assertThat(table.refused()).isLessThan(200);
    // How threads are scheduled is the machine's affair: a lane or two may be unlucky.
    assertThat(storms.get()).isLessThan(10);
  }

  /** Every lane asks until it has a fold to run. */
  private List<Integer> askAtOnce(String key, int lanes) throws Exception {
    var ready = new CountDownLatch(lanes);
    List<Callable<Integer>> asks = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int mine = lane;
      asks.add(
          () -> {
            ready.countDown();
            ready.await();
            for (int turn = 500; ; turn++) {
              ObjectNode next = insist(key, mine, turn);
              if (next.path("Action").textValue().equals("Run")) {
                return next.path("Trial").intValue();
              }
              assertThat(next.path("Seconds").intValue()).isBetween(1, 3);
              Thread.onSpinWait();
            }
          });
    }
    try (var pool = Executors.newFixedThreadPool(lanes)) {
      List<Integer> trials = new ArrayList<>();
      for (var future : pool.invokeAll(asks)) {
        trials.add(future.get());
      }
      return trials;
    }
  }

  /** The same turn again as long as other lanes were faster, as the state machine does. */
  private ObjectNode insist(String key, int lane, int turn) {
    while (true) {
      try {
        return study.lane.next(turn(key, lane, turn));
      } catch (TryAgainException storm) {
        storms.incrementAndGet();
      }
    }
  }

  private Set<Object> combinations(String key) {
    Set<Object> combinations = new HashSet<>();
    for (Trial trial : study.ledger.trials().all(key)) {
      combinations.add(trial.hyperParameters());
    }
    return combinations;
  }

  /** A lane of the trial's number runs a whole trial. */
  private void runTrial(String key, int lane) {
    ObjectNode next = study.next(key, lane, 0);
    int trial = next.path("Trial").intValue();
    for (int fold = 0; fold < 2; fold++) {
      if (fold > 0) {
        next = study.next(key, lane, fold);
        assertThat(next.path("Trial").intValue()).isEqualTo(trial);
      }
      study.start(key, trial, fold, "token-" + trial + "-" + fold);
      double eta = Double.parseDouble(study.trial(key, trial).hyperParameters().get("eta"));
      study.complete(key, trial, fold, (eta - 0.3) * (eta - 0.3) + 0.01 * fold);
    }
  }
}
