package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.NotOwnerException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneTest {

  private final TestStudy study = new TestStudy();

  @Test
  void theSameTurnGivesTheSameFoldHoweverOftenItIsAsked() {
    String key = study.open();
    ObjectNode first = study.next(key, 0, 0);
    assertThat(study.next(key, 0, 0)).isEqualTo(first);
    assertThat(study.ledger.trials().all(key)).hasSize(1);
  }

  @Test
  void aTrialRunsItsFoldsInOrderBeforeTheNextTrialOfItsLane() {
    String key = study.open();
    assertThat(run(study.next(key, 0, 0))).isEqualTo("0/0");
    study.start(key, 0, 0, "a");
    study.complete(key, 0, 0, 1);
    assertThat(run(study.next(key, 0, 1))).isEqualTo("0/1");
  }

  @Test
  void anotherLaneBeginsAnotherTrial() {
    String key = study.open();
    assertThat(run(study.next(key, 0, 0))).isEqualTo("0/0");
    assertThat(run(study.next(key, 1, 0))).isEqualTo("1/0");
    assertThat(study.trial(key, 0).hyperParameters())
        .isNotEqualTo(study.trial(key, 1).hyperParameters());
  }

  @Test
  void slotsThatOutnumberTrialsTakeFurtherFoldsAtTheEnd() {
    String key = study.open();
    study.next(key, 0, 0);
    study.next(key, 1, 0);
    assertThat(run(study.next(key, 2, 0))).isEqualTo("0/1");
  }

  @Test
  void parallelFoldsGoToOneTrialFirst() {
    ObjectNode document = document();
    document.withObject("CrossValidation").put("ParallelFolds", 2);
    String key = study.open(document);
    assertThat(run(study.next(key, 0, 0))).isEqualTo("0/0");
    assertThat(run(study.next(key, 1, 0))).isEqualTo("0/1");
    assertThat(run(study.next(key, 2, 0))).isEqualTo("1/0");
  }

  @Test
  void aLaneThatNothingInFlightCanGiveWorkLeavesAtOnce() {
    String key = study.open();
    for (int lane = 0; lane < 4; lane++) {
      study.next(key, lane, 0);
    }
    assertThat(study.next(key, 4, 0).path("Action").textValue()).isEqualTo("Done");
    for (int trial = 0; trial < 2; trial++) {
      for (int fold = 0; fold < 2; fold++) {
        study.start(key, trial, fold, "t" + trial + fold);
        study.complete(key, trial, fold, 1);
      }
    }
    assertThat(study.next(key, 4, 1).path("Action").textValue()).isEqualTo("Done");
  }

  @Test
  void aFailedTurnGivesItsFoldBackForOthers() {
    String key = study.open();
    study.next(key, 0, 0);
    ObjectNode answer =
        study.lane.next(
            new Lane.Request(
                key,
                EXECUTION,
                0,
                0,
                1,
                Optional.of(new Lane.Failure("InfrastructureFailure", "no capacity")),
                Optional.empty()));
    assertThat(answer.path("Action").textValue()).isEqualTo("Wait");
    assertThat(run(study.next(key, 1, 0))).isEqualTo("0/0");
  }

  @Test
  void aClaimWhoseLaneVanishedIsFreeAfterItsLease() {
    String key = study.open();
    study.next(key, 0, 0);
    study.pass(Duration.ofMinutes(11));
    assertThat(run(study.next(key, 1, 0))).isEqualTo("0/0");
  }

  @Test
  void aClaimWhoseJobRunsIsNotFreeSoSoon() {
    String key = study.open();
    study.next(key, 0, 0);
    study.start(key, 0, 0, "a");
    study.pass(Duration.ofMinutes(59));
    assertThat(run(study.next(key, 1, 0))).isEqualTo("1/0");
  }

  @Test
  void aLastingErrorEndsTheStudyForAllLanes() {
    String key = study.open();
    study.next(key, 0, 0);
    ObjectNode own =
        study.lane.next(
            new Lane.Request(
                key,
                EXECUTION,
                0,
                0,
                1,
                Optional.of(new Lane.Failure("io.warmfold.study.GiveUpException", "access denied")),
                Optional.empty()));
    assertThat(own.path("Action").textValue()).isEqualTo("Done");
    assertThat(study.next(key, 1, 0).path("Action").textValue()).isEqualTo("Done");
    assertThat(study.ledger.find(key).orElseThrow().fatal().orElseThrow())
        .contains("access denied");
  }

  @Test
  void lanesThatGetNothingThroughForLongEndTheStudyNamingTheQuota() {
    String key = study.open();
    study.next(key, 0, 0);
    study.pass(Duration.ofHours(4));
    study.lane.next(
        new Lane.Request(
            key,
            EXECUTION,
            0,
            0,
            1,
            Optional.of(
                new Lane.Failure("io.warmfold.study.TryAgainException", "quota ml.m5.large")),
            Optional.empty()));
    assertThat(study.ledger.find(key).orElseThrow().fatal().orElseThrow())
        .contains("quota ml.m5.large");
  }

  @Test
  void theTargetEndsTheStudy() {
    ObjectNode document = document();
    document
        .withObject("HyperParameterTuningJobConfig")
        .withObject("TuningJobCompletionCriteria")
        .put("TargetObjectiveMetricValue", 5.0);
    String key = study.open(document);
    for (int fold = 0; fold < 2; fold++) {
      study.next(key, 0, fold);
      study.start(key, 0, fold, "t" + fold);
      study.complete(key, 0, fold, 5.0);
    }
    assertThat(study.next(key, 0, 2).path("Action").textValue()).isEqualTo("Done");
  }

  @Test
  void timeIsUpWhenMaxRuntimeSaysSo() {
    ObjectNode document = document();
    document
        .withObject("HyperParameterTuningJobConfig")
        .withObject("ResourceLimits")
        .put("MaxRuntimeInSeconds", 600);
    String key = study.open(document);
    study.pass(Duration.ofSeconds(599));
    assertThat(study.next(key, 0, 0).path("Action").textValue()).isEqualTo("Run");
    study.pass(Duration.ofSeconds(1));
    assertThat(study.next(key, 0, 1).path("Action").textValue()).isEqualTo("Done");
  }

  @Test
  void aFiniteSpaceThatIsExhaustedEndsTheStudy() {
    ObjectNode document = document();
    ObjectNode ranges =
        document.withObject("HyperParameterTuningJobConfig").withObject("ParameterRanges");
    ranges.removeAll();
    ranges
        .putArray("IntegerParameterRanges")
        .addObject()
        .put("Name", "max_depth")
        .put("MinValue", "3")
        .put("MaxValue", "4");
    document
        .withObject("HyperParameterTuningJobConfig")
        .withObject("ResourceLimits")
        .put("MaxNumberOfTrainingJobs", 5);
    String key = study.open(document);
    for (int lane = 0; lane < 4; lane++) {
      assertThat(study.next(key, lane, 0).path("Action").textValue()).isEqualTo("Run");
    }
    assertThat(study.ledger.trials().all(key)).hasSize(2);
    assertThat(study.next(key, 9, 0).path("Action").textValue()).isEqualTo("Done");
  }

  @Test
  void aClosingStudyStartsNothing() {
    String key = study.open();
    study.ledger.studies().startClosing(key, EXECUTION, "closing");
    assertThatThrownBy(() -> study.next(key, 0, 0)).isInstanceOf(NotOwnerException.class);
  }

  private static String run(ObjectNode next) {
    assertThat(next.path("Action").textValue()).isEqualTo("Run");
    return next.path("Trial").intValue() + "/" + next.path("Fold").intValue();
  }
}
