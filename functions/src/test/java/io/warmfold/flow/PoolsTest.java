package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.document;
import static io.warmfold.flow.TestStudy.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs.Which;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One slot, one pool: waited for, used, and given back when no fold can use it. */
class PoolsTest {

  private final TestStudy study = new TestStudy();
  private final String key = study.open();

  private ObjectNode next(int lane, int turn, String lastJob, LastPool known) {
    return study.lane.next(
        new Lane.Request(
            key, EXECUTION, 0, lane, turn, Optional.empty(), Optional.of(lastJob), known));
  }

  private String run(int trial, int fold) {
    study.start(key, trial, fold, "token-" + trial + "-" + fold);
    study.complete(key, trial, fold, 1 + trial + fold);
    return job(key, trial, fold, 1);
  }

  private List<String> available() {
    return study.available(key);
  }

  @Test
  void aPoolThatWasSeenCostsNoFurtherLook() {
    study.next(key, 0, 0);
    String last = run(0, 0);
    int looks = study.sageMaker.looks;
    assertThat(next(0, 1, last, LastPool.AVAILABLE).path("Action").textValue()).isEqualTo("Run");
    assertThat(study.sageMaker.looks).isEqualTo(looks);
  }

  @Test
  void theNextJobWaitsUntilThePoolOfTheLastOneIsAvailable() {
    study.sageMaker.showPools(Optional.empty());
    study.next(key, 0, 0);
    String last = run(0, 0);
    assertThat(study.stepFunctions.outputs.getLast().path("Pool").textValue()).isEqualTo("Coming");
    ObjectNode first = next(0, 1, last, LastPool.COMING);
    assertThat(first.path("Action").textValue()).isEqualTo("Wait");
    assertThat(first.path("Seconds").intValue()).isEqualTo(2);
    study.pass(Duration.ofSeconds(2));
    ObjectNode second = next(0, 2, last, LastPool.of(first.path("Pool").textValue()));
    assertThat(second.path("Action").textValue()).isEqualTo("Wait");
    study.sageMaker.pool(last, "Available");
    ObjectNode third = next(0, 3, last, LastPool.of(second.path("Pool").textValue()));
    assertThat(third.path("Action").textValue()).isEqualTo("Run");
    assertThat(study.ledger.trials().all(key)).hasSize(1);
  }

  @Test
  void aPoolThatNeverShowsIsWaitedForAMinuteAtMost() {
    study.sageMaker.showPools(Optional.empty());
    study.next(key, 0, 0);
    String last = run(0, 0);
    int waited = 0;
    int turn = 1;
    ObjectNode answer = next(0, turn, last, LastPool.UNKNOWN);
    while (answer.path("Action").textValue().equals("Wait")) {
      waited += answer.path("Seconds").intValue();
      study.pass(Duration.ofSeconds(answer.path("Seconds").intValue()));
      answer = next(0, ++turn, last, LastPool.UNKNOWN);
    }
    assertThat(answer.path("Action").textValue()).isEqualTo("Run");
    assertThat(waited).isBetween(60, 75);
    assertThat(turn).isLessThan(12);
  }

  @Test
  void aPoolThatWasNotKeptIsNotWaitedFor() {
    study.sageMaker.showPools(Optional.of("Terminated"));
    study.next(key, 0, 0);
    String last = run(0, 0);
    assertThat(study.stepFunctions.outputs.getLast().path("Pool").textValue()).isEqualTo("Gone");
    assertThat(next(0, 1, last, LastPool.UNKNOWN).path("Action").textValue()).isEqualTo("Run");
  }

  @Test
  void afterAFailedJobThePoolIsWaitedForOnlyShortly() {
    study.sageMaker.showPools(Optional.empty());
    study.next(key, 0, 0);
    study.start(key, 0, 0, "a");
    String last = job(key, 0, 0, 1);
    study.sageMaker.fail(last, "AlgorithmError: no");
    study.jobEnd.handle(key, last);
    assertThat(next(0, 1, last, LastPool.UNKNOWN).path("Action").textValue()).isEqualTo("Wait");
    study.pass(Duration.ofSeconds(20));
    assertThat(next(0, 2, last, LastPool.UNKNOWN).path("Action").textValue()).isEqualTo("Run");
  }

  @Test
  void aLaneThatNothingIsLeftForGivesItsPoolBackAndLooksNoMore() {
    study.next(key, 0, 0);
    study.next(key, 1, 0);
    study.next(key, 2, 0);
    study.next(key, 3, 0);
    String last = run(0, 0);
    study.pass(Duration.ofSeconds(31));
    ObjectNode answer = next(0, 1, last, LastPool.AVAILABLE);
    assertThat(answer.path("Action").textValue()).isEqualTo("Done");
    assertThat(available()).isEmpty();
    assertThat(study.row(key, last).pool()).isEqualTo(JobRow.Pool.RELEASED);
    int looks = study.sageMaker.looks;
    next(0, 2, last, LastPool.GONE);
    assertThat(study.sageMaker.looks).isEqualTo(looks);
  }

  @Test
  void aLaneWhosePoolWasTakenGivesBackTheOneThatIsLeft() {
    for (int lane = 0; lane < 4; lane++) {
      study.next(key, lane, 0);
    }
    String last = run(0, 0);
    String others = run(1, 0);
    study.pass(Duration.ofSeconds(31));
    study.sageMaker.pool(last, "Reused");
    next(0, 1, last, LastPool.AVAILABLE);
    assertThat(available()).isEmpty();
    assertThat(study.row(key, others).pool()).isEqualTo(JobRow.Pool.RELEASED);
  }

  @Test
  void ofSeveralThatAreLeftTheOneThatHasWaitedLongestIsGivenBack() {
    for (int lane = 0; lane < 4; lane++) {
      study.next(key, lane, 0);
    }
    String last = run(0, 0);
    study.start(key, 0, 1, "slow");
    study.start(key, 1, 0, "quick");
    study.complete(key, 1, 0, 1);
    study.pass(Duration.ofSeconds(31));
    study.complete(key, 0, 1, 1);
    study.sageMaker.pool(last, "Reused");
    next(0, 1, last, LastPool.AVAILABLE);
    assertThat(available()).containsExactly(job(key, 0, 1, 1));
  }

  @Test
  void aPoolThatRanOutIsNotMadeUpForByAnother() {
    for (int lane = 0; lane < 4; lane++) {
      study.next(key, lane, 0);
    }
    String last = run(0, 0);
    String others = run(1, 0);
    study.pass(Duration.ofSeconds(31));
    study.sageMaker.pool(last, "Terminated");
    next(0, 1, last, LastPool.AVAILABLE);
    assertThat(available()).containsExactly(others);
  }

  @Test
  void theLaneThatEndsLastKeepsItsPoolForTheFinalTraining() {
    for (int lane = 0; lane < 4; lane++) {
      study.next(key, lane, 0);
    }
    run(0, 0);
    run(0, 1);
    run(1, 0);
    String last = run(1, 1);
    for (String other : List.of(job(key, 0, 0, 1), job(key, 0, 1, 1), job(key, 1, 0, 1))) {
      study.sageMaker.pool(other, "Terminated");
    }
    assertThat(next(3, 1, last, LastPool.AVAILABLE).path("Action").textValue()).isEqualTo("Done");
    assertThat(available()).containsExactly(last);
    study.selection.select(key, EXECUTION, 0);
    assertThat(available()).containsExactly(last);
  }

  @Test
  void lanesThatLeaveWhenNothingRunsKeepOnePoolAmongThem() {
    for (int lane = 0; lane < 4; lane++) {
      study.next(key, lane, 0);
    }
    List<String> jobs = List.of(run(0, 0), run(0, 1), run(1, 0), run(1, 1));
    for (int lane = 0; lane < 4; lane++) {
      assertThat(next(lane, 1, jobs.get(lane), LastPool.KEPT).path("Action").textValue())
          .isEqualTo("Done");
    }
    assertThat(available()).hasSize(1);
  }

  @Test
  void aStudyThatCannotSucceedKeepsNoPool() {
    study.next(key, 0, 0);
    String last = run(0, 0);
    study.next(key, 0, 1);
    run(0, 1);
    study.ledger.studies().fatal(key, "denied");
    study.sageMaker.pool(job(key, 0, 1, 1), "Terminated");
    assertThat(next(0, 2, last, LastPool.AVAILABLE).path("Action").textValue()).isEqualTo("Done");
    assertThat(available()).isEmpty();
  }

  @Test
  void aLaneThatMeetsALastingErrorKeepsNoPoolForAFinalTrainingThatWillNotCome() {
    study.next(key, 0, 0);
    run(0, 0);
    study.sageMaker.pool(job(key, 0, 0, 1), "Reused");
    study.next(key, 0, 1);
    String last = run(0, 1);
    study.next(key, 0, 2);
    ObjectNode answer =
        study.lane.next(
            new Lane.Request(
                key,
                EXECUTION,
                0,
                0,
                3,
                Optional.of(new Lane.Failure("io.warmfold.study.GiveUpException", "access denied")),
                Optional.of(last),
                LastPool.AVAILABLE));
    assertThat(answer.path("Action").textValue()).isEqualTo("Done");
    assertThat(available()).isEmpty();
  }

  @Test
  void aLaneThatSeesTheTargetReachedGivesBackWhatOthersKeepForNothing() {
    ObjectNode document = document();
    document
        .withObject("HyperParameterTuningJobConfig")
        .withObject("TuningJobCompletionCriteria")
        .put("TargetObjectiveMetricValue", 5);
    TestStudy aimed = new TestStudy();
    String its = aimed.open(document);
    for (int lane = 0; lane < 4; lane++) {
      aimed.next(its, lane, 0);
    }
    for (int fold = 0; fold < 2; fold++) {
      aimed.start(its, 0, fold, "token-" + fold);
      aimed.complete(its, 0, fold, 1);
    }
    aimed.sageMaker.pool(job(its, 0, 0, 1), "Reused");
    aimed.sageMaker.listed.clear();
    aimed.lane.next(
        new Lane.Request(
            its,
            EXECUTION,
            0,
            0,
            1,
            Optional.empty(),
            Optional.of(job(its, 0, 0, 1)),
            LastPool.REUSED));
    assertThat(aimed.sageMaker.listed).containsExactly(Which.WARM);
    assertThat(aimed.sageMaker.list(its, Which.WARM)).isEmpty();
  }

  @Test
  void aTiredLaneLeavesItsPoolToTheOneThatTakesItsPlace() {
    study.next(key, 0, 0);
    String last = run(0, 0);
    assertThat(next(0, Opening.TURNS, last, LastPool.AVAILABLE).path("Action").textValue())
        .isEqualTo("Done");
    assertThat(available()).containsExactly(last);
  }

  @Test
  void aTiredLaneWithoutWorkForOthersGivesItsPoolBack() {
    for (int lane = 0; lane < 4; lane++) {
      study.next(key, lane, 0);
    }
    String last = run(0, 0);
    study.pass(Duration.ofSeconds(31));
    next(0, Opening.TURNS, last, LastPool.AVAILABLE);
    assertThat(available()).isEmpty();
  }

  @Test
  void thePoolOfAJobThatWasStoppedByTheClosingIsGivenBackWhenItShows() {
    study.next(key, 0, 0);
    study.start(key, 0, 0, "a");
    study.sageMaker.showPools(Optional.empty());
    String stopped = job(key, 0, 0, 1);
    study.closing.abandon(key, EXECUTION, StudyOutcome.ABORTED, "Aborted", "by hand");
    assertThatThrownBy(() -> study.jobEnd.handle(key, stopped))
        .isInstanceOf(TryAgainException.class);
    study.sageMaker.pool(stopped, "Available");
    study.jobEnd.handle(key, stopped);
    assertThat(available()).isEmpty();
    study.pass(Duration.ofSeconds(1));
    assertThat(study.row(key, stopped).pool()).isEqualTo(JobRow.Pool.RELEASED);
  }

  @Test
  void everyInstanceOfAPoolThatWaitedIsAccountedFor() {
    ObjectNode document = document();
    document.withObject("/TrainingJobDefinition/ResourceConfig").put("InstanceCount", 3);
    TestStudy wide = new TestStudy();
    String its = wide.open(document);
    wide.runAll(its, eta -> eta);
    wide.closing.close(its, EXECUTION);
    // SageMaker tells how long a pool was kept, and bills that for each of its instances.
    assertThat(wide.row(its, job(its, 0, 0, 1)).retained()).isEqualTo(3 * 7);
  }

  @Test
  void noMoreThanThePeriodOfTheDocumentIsAskedFor() {
    ObjectNode document = document();
    document
        .withObject("TrainingJobDefinition")
        .withObject("ResourceConfig")
        .put("KeepAlivePeriodInSeconds", 90);
    document.put("StudyName", "short");
    String other = study.opening.open(document, TestStudy.OTHER).path("Key").textValue();
    study.lane.next(
        new Lane.Request(other, TestStudy.OTHER, 0, 0, 0, Optional.empty(), Optional.empty()));
    study.jobStart.start(
        new JobStart.Request(
            other,
            TestStudy.OTHER,
            JobKind.FOLD,
            java.util.OptionalInt.of(0),
            java.util.OptionalInt.of(0),
            "a"));
    assertThat(
            study
                .sageMaker
                .request("warmfold-short-" + other + "-t0000-f0-a1")
                .at("/ResourceConfig/KeepAlivePeriodInSeconds")
                .intValue())
        .isEqualTo(90);
  }
}
