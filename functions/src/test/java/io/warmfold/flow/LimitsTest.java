package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Key;
import io.warmfold.ledger.MemoryTable;
import io.warmfold.ledger.Table;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.GiveUpException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Time and money are kept to the fold. A fold bills a minute here, which costs 1. */
class LimitsTest {

  private static final double PRICE = 60;

  private final TestStudy study = new TestStudy();

  private static ObjectNode document(int slots) {
    ObjectNode document = TestStudy.document();
    limits(document).put("MaxNumberOfTrainingJobs", 10).put("MaxParallelTrainingJobs", slots);
    return document;
  }

  private static ObjectNode limits(ObjectNode document) {
    return document.withObject("/HyperParameterTuningJobConfig/ResourceLimits");
  }

  private static ObjectNode costing(int slots, double most) {
    ObjectNode document = document(slots);
    limits(document).put("MaxCost", most).put("PricePerInstanceHour", PRICE);
    return document;
  }

  private String endedBy(String key) {
    study.selection.select(key, EXECUTION, 0);
    return study.ledger.find(key).orElseThrow().endedBy().orElseThrow();
  }

  @Test
  void trialsAreBegunAsLongAsTheyAndTheFinalTrainingCanBePaidFor() {
    String key = study.open(costing(2, 9.5));
    new Lanes(study, key, (values, fold) -> Double.parseDouble(values.get("eta")) + fold).run(2);
    // Two folds a trial, and as much as two for the final training.
    assertThat(study.ledger.trials().all(key)).hasSize(3).allMatch(trial -> trial.complete(2));
    assertThat(endedBy(key)).isEqualTo("MaxCost");
  }

  /** Between a lane's choice and its claim another lane chooses and claims. */
  @Test
  void lanesThatChooseInTheSameMomentSpendTheMoneyOnce() {
    var table = new SlowTable();
    var slow = new TestStudy(table);
    String key = slow.open(costing(3, 6.5));
    for (int fold = 0; fold < 2; fold++) {
      slow.next(key, 0, fold);
      slow.start(key, 0, fold, "token " + fold);
      slow.complete(key, 0, fold, 1);
    }
    // One trial is complete; the money is for another one and the final training.
    var faster = new ArrayList<ObjectNode>();
    table.beforeClaim =
        () -> {
          slow.pass(Duration.ofSeconds(1));
          faster.add(slow.next(key, 2, 0));
        };
    // The late one gives its trial back, and chooses again what the money is for.
    ObjectNode next = slow.next(key, 1, 0);
    assertThat(next.path("Action").textValue()).isEqualTo("Run");
    assertThat(faster).extracting(one -> one.path("Fold").intValue()).containsExactly(0);
    assertThat(next.path("Trial")).isEqualTo(faster.getFirst().path("Trial"));
    assertThat(next.path("Fold").intValue()).isEqualTo(1);
    assertThat(slow.ledger.trials().all(key))
        .extracting(trial -> trial.claims().size())
        .containsExactlyInAnyOrder(0, 0, 2);
    // To ask again gives the same.
    assertThat(slow.next(key, 1, 0)).isEqualTo(next);
  }

  /** A table that lets something happen before the next claim is written. */
  private static final class SlowTable implements Table {

    private final MemoryTable table = new MemoryTable();
    private Runnable beforeClaim = () -> {};

    @Override
    public boolean write(List<Write> writes) {
      if (writes.stream().anyMatch(write -> write.key().sort().startsWith("CLAIM#"))) {
        Runnable first = beforeClaim;
        beforeClaim = () -> {};
        first.run();
      }
      return table.write(writes);
    }

    @Override
    public Optional<ObjectNode> get(Key key) {
      return table.get(key);
    }

    @Override
    public List<ObjectNode> query(String partition, String from, String to) {
      return table.query(partition, from, to);
    }

    @Override
    public List<ObjectNode> active() {
      return table.active();
    }
  }

  @Test
  void enoughMoneyLimitsNothing() {
    String key = study.open(costing(2, 1_000));
    new Lanes(study, key, (values, fold) -> Double.parseDouble(values.get("eta")) + fold).run(2);
    assertThat(study.ledger.trials().all(key)).hasSize(10);
    assertThat(endedBy(key)).isEqualTo("MaxNumberOfTrainingJobs");
  }

  @Test
  void jobsThatBroughtNothingCostAsMuch() {
    String key = study.open(costing(1, 8.5));
    study.next(key, 0, 0);
    study.start(key, 0, 0, "first");
    study.sageMaker.fail(job(key, 0, 0, 1), "InternalServerError: again, please");
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.trial(key, 0).lost()).isEqualTo(60);
    study.start(key, 0, 0, "second");
    study.sageMaker.complete(job(key, 0, 0, 2), Map.of(TestStudy.METRIC, 1.0));
    study.jobEnd.handle(key, job(key, 0, 0, 2));
    assertThat(study.trial(key, 0).lost()).isEqualTo(60);
    study.runAll(key, eta -> eta);
    // Without the first attempt there would be three.
    assertThat(study.ledger.trials().all(key)).hasSize(2);
    assertThat(endedBy(key)).isEqualTo("MaxCost");
  }

  @Test
  void failedTrainingsCostAsMuch() {
    String key = study.open(costing(1, 7.5));
    study.next(key, 0, 0);
    study.start(key, 0, 0, "first");
    study.pass(Duration.ofSeconds(90));
    study.sageMaker.fail(job(key, 0, 0, 1), "AlgorithmError: bad");
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.trial(key, 0).outcomes().get(0))
        .isInstanceOfSatisfying(
            FoldOutcome.Failed.class,
            failed -> {
              assertThat(failed.seconds()).isEqualTo(90);
              assertThat(failed.billable()).isEqualTo(60);
            });
    study.runAll(key, eta -> eta);
    assertThat(study.ledger.trials().all(key).stream().filter(trial -> trial.complete(2)))
        .hasSize(2);
    assertThat(endedBy(key)).isEqualTo("MaxCost");
  }

  @Test
  void moneyThatPaysForNoTrialIsNamed() {
    String key = study.open(costing(1, 2.5));
    study.next(key, 0, 0);
    study.start(key, 0, 0, "first");
    study.complete(key, 0, 0, 1);
    assertThat(study.next(key, 0, 1).path("Action").textValue()).isEqualTo("Done");
    assertThatThrownBy(() -> study.selection.select(key, EXECUTION, 0))
        .isInstanceOf(GiveUpException.class)
        .hasMessageContaining("MaxCost does not pay");
  }

  @Test
  void trialsAreBegunAsLongAsThereIsTimeForThemAndTheFinalTraining() {
    ObjectNode document = document(1);
    limits(document).put("MaxRuntimeInSeconds", 630);
    String key = study.open(document);
    Instant begun = study.instant();
    new Lanes(study, key, (values, fold) -> Double.parseDouble(values.get("eta")) + fold).run(1);
    // Two minutes a trial, and two for the final training.
    assertThat(study.ledger.trials().all(key)).hasSize(4).allMatch(trial -> trial.complete(2));
    assertThat(Duration.between(begun, study.instant())).isEqualTo(Duration.ofMinutes(8));
    assertThat(endedBy(key)).isEqualTo("MaxRuntimeInSeconds");
  }
}
