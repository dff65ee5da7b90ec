package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.OTHER;
import static io.warmfold.flow.TestStudy.document;
import static io.warmfold.flow.TestStudy.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs.Which;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.study.FixInputException;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.NotOwnerException;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that are started, taken up, refused and tried again. */
class JobStartTest {

  private final TestStudy study = new TestStudy();
  private String key;

  @BeforeEach
  void claimTheFirstFold() {
    key = study.open();
    study.next(key, 0, 0);
  }

  @Test
  void theRequestIsTheDocumentsWithTheTrialsValuesAndTheFoldsManifests() {
    study.start(key, 0, 0, "a");
    ObjectNode request = study.sageMaker.request(job(key, 0, 0, 1));
    assertThat(request.path("HyperParameters").path("objective").textValue())
        .isEqualTo("reg:squarederror");
    assertThat(request.path("HyperParameters").path("eta").textValue())
        .isEqualTo(study.trial(key, 0).hyperParameters().get("eta"));
    assertThat(request.path("InputDataConfig").findValuesAsText("S3Uri"))
        .containsExactly(
            "s3://bucket/studies/test/" + key + "/manifests/fold-0-train.manifest",
            "s3://bucket/studies/test/" + key + "/manifests/fold-0-validation.manifest");
    assertThat(request.path("ResourceConfig").path("KeepAlivePeriodInSeconds").intValue())
        .isEqualTo(240);
    assertThat(request.path("ProfilerConfig").path("DisableProfiler").booleanValue()).isTrue();
    assertThat(request.path("RoleArn").textValue()).endsWith("role/training");
    assertThat(request.has("StaticHyperParameters")).isFalse();
  }

  @Test
  void theRowIsThereBeforeTheJob() {
    study.sageMaker.whileCreating(
        () -> assertThat(study.ledger.jobs().find(key, job(key, 0, 0, 1))).isPresent());
    study.start(key, 0, 0, "a");
    assertThat(study.sageMaker.names()).containsExactly(job(key, 0, 0, 1));
  }

  @Test
  void theAttemptsOfAnEarlierExecutionDoNotCountAgainstAResumedStudy() {
    for (int attempt = 1; attempt <= JobStart.MAX_ATTEMPTS; attempt++) {
      study.start(key, 0, 0, "a" + attempt);
      study.sageMaker.fail(job(key, 0, 0, attempt), "InternalServerError: again");
      study.jobEnd.handle(key, job(key, 0, 0, attempt));
    }
    assertThatThrownBy(() -> study.start(key, 0, 0, "one too many"))
        .isInstanceOf(GiveUpException.class)
        .hasMessageContaining(job(key, 0, 0, JobStart.MAX_ATTEMPTS));
    study.closing.abandon(key, EXECUTION, StudyOutcome.FAILED, "GiveUp", "40 attempts");
    study.pass(Duration.ofHours(1));
    study.stepFunctions.running.clear();
    study.opening.open(document(), OTHER);
    study.lane.next(new Lane.Request(key, OTHER, 0, 0, 0, Optional.empty(), Optional.empty()));

    study.jobStart.start(
        new JobStart.Request(
            key, OTHER, JobKind.FOLD, OptionalInt.of(0), OptionalInt.of(0), "resumed"));

    assertThat(study.sageMaker.names()).contains(job(key, 0, 0, JobStart.MAX_ATTEMPTS + 1));
  }

  @Test
  void ofTwoTasksTheLastOneWaitsForTheJobAndTheOtherIsToldSo() {
    study.start(key, 0, 0, "a");
    study.start(key, 0, 0, "b");
    assertThat(study.sageMaker.names()).hasSize(1);
    assertThat(study.stepFunctions.answers).containsExactly("a Lost");
    study.complete(key, 0, 0, 1.0);
    assertThat(study.stepFunctions.answers).containsExactly("a Lost", "b Completed");
  }

  @Test
  void aTaskThatIsTriedAgainWaitsForTheSameJob() {
    study.start(key, 0, 0, "a");
    study.stepFunctions.over.add("a");
    study.start(key, 0, 0, "b");
    assertThat(study.sageMaker.names()).hasSize(1);
    study.complete(key, 0, 0, 1.0);
    assertThat(study.stepFunctions.answers).containsExactly("b Completed");
  }

  @Test
  void aJobThatWasNeverCreatedIsCreatedByTheNextTask() {
    study.sageMaker.refuseNext(new TryAgainException("quota"));
    assertThatThrownBy(() -> study.start(key, 0, 0, "a")).isInstanceOf(TryAgainException.class);
    assertThat(study.sageMaker.names()).isEmpty();
    study.start(key, 0, 0, "b");
    assertThat(study.sageMaker.names()).containsExactly(job(key, 0, 0, 1));
  }

  @Test
  void aFoldThatIsClaimedAnewIsItsLanesForAsLongAsItsJobMayRun() {
    study.sageMaker.refuseNext(new TryAgainException("throttled"));
    assertThatThrownBy(() -> study.start(key, 0, 0, "a")).isInstanceOf(TryAgainException.class);
    String job = job(key, 0, 0, 1);
    study.ledger.trials().giveBack(key, TestStudy.turn(key, 0, 0).claimant());
    assertThat(study.trial(key, 0).claims()).isEmpty();

    assertThat(study.next(key, 0, 1).path("Trial").intValue()).isEqualTo(0);
    study.start(key, 0, 0, "b");
    study.pass(Duration.ofMinutes(11));

    assertThat(study.next(key, 1, 0).path("Trial").intValue()).isEqualTo(1);
    assertThat(study.sageMaker.names()).containsExactly(job);
  }

  @Test
  void aJobThatATaskIsAboutToStartAfterItsLeaseIsNotTakenForOneThatNeverStarts() {
    study.sageMaker.refuseNext(new TryAgainException("quota"));
    assertThatThrownBy(() -> study.start(key, 0, 0, "a")).isInstanceOf(TryAgainException.class);
    study.stepFunctions.over.add("a");
    JobRow seen = study.row(key, job(key, 0, 0, 1));
    study.pass(Duration.ofMinutes(6));
    study.sageMaker.whileCreating(
        () -> assertThat(new Unstarted(study.parts).end(key, seen)).isFalse());

    study.start(key, 0, 0, "b");

    assertThat(study.row(key, job(key, 0, 0, 1)).outcome()).isEmpty();
    assertThat(study.stepFunctions.answers).isEmpty();
  }

  @Test
  void aRequestThatSageMakerRefusesIsNotTriedUnderTheSameName() {
    study.sageMaker.refuseNext(new FixInputException("no such role"));
    assertThatThrownBy(() -> study.start(key, 0, 0, "a")).isInstanceOf(FixInputException.class);
    assertThat(study.row(key, job(key, 0, 0, 1)).outcome()).contains(JobOutcome.STOPPED_BY_US);
  }

  @Test
  void aJobThatStartsWhileTheStudyClosesIsStopped() {
    study.sageMaker.whileCreating(
        () -> study.ledger.studies().startClosing(key, EXECUTION, "the execution was aborted"));
    assertThatThrownBy(() -> study.start(key, 0, 0, "a")).isInstanceOf(NotOwnerException.class);
    assertThat(study.sageMaker.list(key, Which.ALL))
        .allMatch(listed -> listed.status().equals("Stopped"));
  }

  @Test
  void aJobThatTakesTooLongIsStoppedAndTriedAgain() {
    study.start(key, 0, 0, "a");
    study.stepFunctions.over.add("a");
    study.pass(Duration.ofHours(3));
    study.start(key, 0, 0, "b");
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.row(key, job(key, 0, 0, 1)).outcome()).contains(JobOutcome.INFRASTRUCTURE);
    assertThat(study.stepFunctions.answers).containsExactly("b InfrastructureFailure");
  }

  @Test
  void aResumedStudyRunsAgainAtOnceWhatWasStoppedInFlight() {
    study.start(key, 0, 0, "a");
    study.closing.abandon(key, EXECUTION, StudyOutcome.ABORTED, "Aborted", "by hand");
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    study.stepFunctions.running.clear();
    study.opening.open(document(), OTHER);

    ObjectNode next =
        study.lane.next(new Lane.Request(key, OTHER, 0, 0, 0, Optional.empty(), Optional.empty()));

    assertThat(next.path("Action").asText()).isEqualTo("Run");
    assertThat(next.path("Trial").intValue()).isZero();
    assertThat(next.path("Fold").intValue()).isZero();
  }

  @Test
  void aResumedStudyTakesFinishedFoldsAsTheyAre() {
    study.start(key, 0, 0, "a");
    study.complete(key, 0, 0, 1.0);
    study.stepFunctions.running.clear();
    study.opening.open(document(), OTHER);
    ObjectNode next =
        study.lane.next(new Lane.Request(key, OTHER, 0, 0, 0, Optional.empty(), Optional.empty()));
    assertThat(next.path("Fold").intValue()).isEqualTo(1);
    assertThat(study.trial(key, 0).outcomes().get(0)).isInstanceOf(FoldOutcome.Scored.class);
  }

  @Test
  void theLaneThatLostItsClaimIsToldSo() {
    study.ledger.trials().giveBack(key, TestStudy.turn(key, 0, 0).claimant());
    study.start(key, 0, 0, "a");
    assertThat(study.stepFunctions.answers).containsExactly("a Lost");
    assertThat(study.sageMaker.names()).isEmpty();
  }

  @Test
  void aFoldThatSageMakerWasTooBusyForIsNotStartedOnceTheTargetIsReached() {
    ObjectNode document = document();
    document
        .withObject("HyperParameterTuningJobConfig")
        .withObject("TuningJobCompletionCriteria")
        .put("TargetObjectiveMetricValue", 2);
    TestStudy aimed = new TestStudy();
    String its = aimed.open(document);
    for (int lane = 0; lane < 3; lane++) {
      aimed.next(its, lane, 0);
    }
    aimed.start(its, 0, 0, "a");
    aimed.start(its, 0, 1, "b");
    aimed.sageMaker.refuseNext(new TryAgainException("throttled"));
    assertThatThrownBy(() -> aimed.start(its, 1, 0, "busy")).isInstanceOf(TryAgainException.class);
    aimed.complete(its, 0, 0, 1.0);
    aimed.complete(its, 0, 1, 1.0);

    aimed.start(its, 1, 0, "again");

    assertThat(aimed.stepFunctions.answers).last().isEqualTo("again StudyClosing");
    assertThat(aimed.row(its, job(its, 1, 0, 1)).released()).isTrue();
    assertThat(aimed.sageMaker.names()).doesNotContain(job(its, 1, 0, 1));
    var failure = new Lane.Failure("StudyClosing", "");
    assertThat(
            aimed
                .lane
                .next(
                    new Lane.Request(
                        its, EXECUTION, 0, 2, 1, Optional.of(failure), Optional.empty()))
                .path("Action")
                .textValue())
        .isEqualTo("Done");
  }
}
