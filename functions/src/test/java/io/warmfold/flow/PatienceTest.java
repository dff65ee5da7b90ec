package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lane without work: how long it waits, and whether its instance waits with it. */
class PatienceTest {

  private final TestStudy study = new TestStudy();

  private String key;

  /** The job that lane 1 has run last. */
  private String last;

  /** What lane 1 does next. */
  private ObjectNode next(int turn, LastPool known) {
    return next(1, turn, last, known);
  }

  private ObjectNode next(int lane, int turn, String lastJob, LastPool known) {
    return study.lane.next(
        new Lane.Request(
            key, EXECUTION, 0, lane, turn, Optional.empty(), Optional.of(lastJob), known));
  }

  private List<String> available() {
    return study.available(key);
  }

  /**
   * A fold of lane 1 has ended after a minute and another one runs. There is no money for another
   * trial, unless the one that runs costs less than a minute.
   *
   * @param later by how many seconds the one that runs began later
   */
  private void waiting(int later) {
    ObjectNode document = TestStudy.document();
    document
        .withObject("/HyperParameterTuningJobConfig/ResourceLimits")
        .put("MaxParallelTrainingJobs", 3)
        .put("MaxCost", 5)
        .put("PricePerInstanceHour", 60);
    key = study.open(document);
    study.next(key, 0, 0);
    study.next(key, 1, 0);
    study.start(key, 0, 1, "b");
    study.pass(Duration.ofSeconds(later));
    study.start(key, 0, 0, "a");
    study.pass(Duration.ofSeconds(60 - later));
    study.complete(key, 0, 1, 1);
    last = job(key, 0, 1, 1);
  }

  @Test
  void anInstanceIsKeptForWorkThatIsAboutToCome() {
    waiting(10);
    ObjectNode answer = next(1, LastPool.AVAILABLE);
    assertThat(answer.path("Action").textValue()).isEqualTo("Wait");
    // The one that runs has run for 50 s, and the news of its end take a while.
    assertThat(answer.path("Seconds").intValue()).isEqualTo(12);
    assertThat(answer.path("Pool").textValue()).isEqualTo("Kept");
    assertThat(available()).containsExactly(last);
  }

  @Test
  void anInstanceWhoseWorkDoesNotComeIsGivenBack() {
    waiting(10);
    next(1, LastPool.AVAILABLE);
    study.pass(Duration.ofSeconds(50));
    ObjectNode answer = next(2, LastPool.KEPT);
    assertThat(answer.path("Action").textValue()).isEqualTo("Wait");
    assertThat(answer.path("Pool").textValue()).isEqualTo("Gone");
    assertThat(available()).isEmpty();
  }

  @Test
  void anInstanceIsGivenBackAtOnceIfTheWorkIsFar() {
    waiting(56);
    ObjectNode answer = next(1, LastPool.AVAILABLE);
    assertThat(answer.path("Pool").textValue()).isEqualTo("Gone");
    assertThat(answer.path("Seconds").intValue()).isEqualTo(58);
    assertThat(available()).isEmpty();
  }

  @Test
  void noMoreInstancesAreKeptThanFoldsMayCome() {
    waiting(10);
    String another = job(key, 0, 0, 1);
    study.sageMaker.pool(another, "Available");
    next(1, LastPool.AVAILABLE);
    assertThat(available()).containsExactly(another);
  }

  @Test
  void whatOthersLeftForAKeptInstanceIsGivenBackInItsPlace() {
    waiting(10);
    String another = job(key, 0, 0, 1);
    next(1, LastPool.AVAILABLE);
    study.sageMaker.pool(last, "Reused");
    study.sageMaker.pool(another, "Available");
    study.pass(Duration.ofSeconds(50));
    next(2, LastPool.KEPT);
    assertThat(available()).isEmpty();
  }

  @Test
  void forAKeptInstanceThatAnotherLaneGaveBackForItsOwnThatOneIsGivenBack() {
    waiting(10);
    String another = job(key, 0, 0, 1);
    next(1, LastPool.AVAILABLE);
    study.sageMaker.pool(last, "Terminated");
    study.sageMaker.pool(another, "Available");
    study.pass(Duration.ofSeconds(50));
    next(2, LastPool.KEPT);
    assertThat(available()).isEmpty();
  }

  /** A fold is left to begin, and one that began so many seconds ago runs. */
  private void oneFoldLeft(int ago) {
    key = study.open();
    study.next(key, 0, 0);
    study.next(key, 1, 0);
    study.start(key, 0, 0, "a");
    study.start(key, 1, 0, "b");
    // A minute is billed, so the rest is a cold start.
    study.pass(Duration.ofMinutes(4));
    study.complete(key, 0, 0, 1);
    study.complete(key, 1, 0, 1);
    study.next(key, 0, 1);
    study.start(key, 0, 1, "c");
    study.pass(Duration.ofSeconds(ago));
    last = job(key, 1, 0, 1);
  }

  @Test
  void aLaneWithoutAnInstanceLeavesTheLastFoldToOneThatIsFreeSooner() {
    oneFoldLeft(200);
    ObjectNode answer = next(1, LastPool.GONE);
    assertThat(answer.path("Action").textValue()).isEqualTo("Wait");
    assertThat(answer.path("Seconds").intValue()).isEqualTo(42);
    assertThat(next(0, 2, job(key, 0, 1, 1), LastPool.AVAILABLE).path("Trial").intValue())
        .isEqualTo(1);
  }

  @Test
  void itRunsTheFoldItselfIfNoneIsFreeSooner() {
    oneFoldLeft(10);
    assertThat(next(1, LastPool.GONE).path("Action").textValue()).isEqualTo("Run");
  }

  @Test
  void aLaneThatHasRunNothingYetLeavesNothingToOthers() {
    oneFoldLeft(200);
    assertThat(study.next(key, 1, 1).path("Action").textValue()).isEqualTo("Run");
  }

  /** Lane 2 cannot start its fold. */
  private int napAfterTrouble() {
    return study
        .lane
        .next(
            new Lane.Request(
                key,
                EXECUTION,
                0,
                2,
                1,
                Optional.of(new Lane.Failure("io.warmfold.study.TryAgainException", "throttled")),
                Optional.empty()))
        .path("Seconds")
        .intValue();
  }

  @Test
  void aLaneThatCannotStartItsFoldIsBackWhenTheLastOneInFlightMayBeOver() {
    oneFoldLeft(200);
    study.next(key, 2, 0);
    assertThat(napAfterTrouble()).isEqualTo(42);
  }

  @Test
  void itKeepsAwayForAMinuteIfNothingIsInFlight() {
    key = study.open();
    study.next(key, 2, 0);
    assertThat(napAfterTrouble()).isEqualTo(60);
  }

  @Test
  void itDoesNotComeBackAtOnceForAFoldThatIsAlmostOver() {
    oneFoldLeft(239);
    study.next(key, 2, 0);
    assertThat(napAfterTrouble()).isEqualTo(10);
  }

  /** Lane 1 has run one of ten folds of the only trial, each of which takes so many seconds. */
  private void oneOfTenFolds(int took, int slots) {
    ObjectNode document = TestStudy.document();
    document.withObject("CrossValidation").put("Folds", 10);
    document
        .withObject("/HyperParameterTuningJobConfig/ResourceLimits")
        .put("MaxNumberOfTrainingJobs", 1)
        .put("MaxParallelTrainingJobs", slots);
    key = study.open(document);
    run(1, 0, 0, took);
  }

  /** A lane runs a fold of the only trial. */
  private void run(int lane, int turn, int fold, int took) {
    study.next(key, lane, turn);
    study.start(key, 0, fold, "fold " + fold);
    study.pass(Duration.ofSeconds(took));
    study.complete(key, 0, fold, 1);
    last = job(key, 0, fold, 1);
  }

  /** All lanes from the second on but lane 1 have left, as many as are given. */
  private void left(int lanes) {
    for (int lane = 2; lane < 2 + lanes; lane++) {
      study.ledger.rounds().leave(key, EXECUTION, 0, lane);
    }
  }

  private String action() {
    return next(1, LastPool.AVAILABLE).path("Action").textValue();
  }

  @Test
  void aLaneThatIsAloneWithWorkForManyLeavesSoThatAllLanesAreStartedAgain() {
    oneOfTenFolds(150, 10);
    left(9);
    assertThat(action()).isEqualTo("Done");
    assertThat(available()).containsExactly(last);
    assertThat(study.selection.select(key, EXECUTION, 0).path("Next").textValue())
        .isEqualTo("Tune");
    assertThat(study.next(key, 1, 0).path("Action").textValue()).isEqualTo("Run");
  }

  @Test
  void ofSeveralLanesWithWorkForManyAllLeaveAndOnlyTheLastOneKeepsItsInstance() {
    oneOfTenFolds(1000, 10);
    left(8);
    study.next(key, 0, 0);
    study.start(key, 0, 1, "of lane 0");
    assertThat(action()).isEqualTo("Done");
    assertThat(available()).isEmpty();
    study.pass(Duration.ofSeconds(1000));
    study.complete(key, 0, 1, 1);
    String other = job(key, 0, 1, 1);
    assertThat(next(0, 1, other, LastPool.AVAILABLE).path("Action").textValue()).isEqualTo("Done");
    assertThat(available()).containsExactly(other);
  }

  /** A round of a long study has more lanes than run at once. */
  @Test
  void lanesWhosePlaceOthersTakeAreNotMissed() {
    ObjectNode document = TestStudy.document();
    document.withObject("CrossValidation").put("Folds", 20);
    document
        .withObject("/HyperParameterTuningJobConfig/ResourceLimits")
        .put("MaxNumberOfTrainingJobs", 46)
        .put("MaxParallelTrainingJobs", 2);
    key = study.open(document);
    // All folds but 19 of the last trial.
    for (int turn = 0; turn <= 45 * 20; turn++) {
      ObjectNode next = study.next(key, 1, turn);
      int trial = next.path("Trial").intValue();
      int fold = next.path("Fold").intValue();
      study.start(key, trial, fold, "turn " + turn);
      study.pass(Duration.ofSeconds(1000));
      study.complete(key, trial, fold, 1);
      last = job(key, trial, fold, 1);
    }
    assertThat(Opening.lanes(study.ledger.document(key), 2)).isEqualTo(4);
    left(2);
    assertThat(next(998, LastPool.AVAILABLE).path("Action").textValue()).isEqualTo("Run");
    study.ledger.trials().unclaim(key, TestStudy.turn(key, 1, 998).claimant());
    left(3);
    assertThat(next(999, LastPool.AVAILABLE).path("Action").textValue()).isEqualTo("Done");
  }

  @Test
  void lanesThatSleepNeedNoCall() {
    oneOfTenFolds(1000, 10);
    assertThat(action()).isEqualTo("Run");
  }

  @Test
  void enoughLanesForTheWorkGoOn() {
    oneOfTenFolds(1000, 10);
    left(1);
    assertThat(action()).isEqualTo("Run");
  }

  @Test
  void theOnlySlotHasNoOthersToCall() {
    oneOfTenFolds(1000, 1);
    assertThat(action()).isEqualTo("Run");
  }

  @Test
  void aLaneRunsOnAloneIfThatIsSoonDone() {
    oneOfTenFolds(90, 10);
    left(9);
    assertThat(action()).isEqualTo("Run");
  }

  @Test
  void aLaneThatFindsNoWorkSaysThatItHasLeft() {
    oneFoldLeft(10);
    study.next(key, 1, 1);
    next(2, 0, last, LastPool.GONE);
    assertThat(study.ledger.rounds().left(key, EXECUTION, 0)).isEqualTo(1);
    assertThat(study.ledger.rounds().left(key, EXECUTION, 1)).isZero();
  }

  @Test
  void lanesThatHaveBeenStartedAgainAndAgainRunWhatThereIs() {
    oneOfTenFolds(150, 10);
    for (int lane = 2; lane < 11; lane++) {
      study.ledger.rounds().leave(key, EXECUTION, 10, lane);
    }
    var request =
        new Lane.Request(
            key, EXECUTION, 10, 1, 1, Optional.empty(), Optional.of(last), LastPool.AVAILABLE);
    assertThat(study.lane.next(request).path("Action").textValue()).isEqualTo("Run");
  }
}
