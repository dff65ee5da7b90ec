package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.METRIC;
import static io.warmfold.flow.TestStudy.OTHER;
import static io.warmfold.flow.TestStudy.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs.Which;
import io.warmfold.ledger.StudyRow;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.NotOwnerException;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Selection, the final training, closing, abandoning, sweeping. */
class EndingTest {

  private final TestStudy study = new TestStudy();
  private final String key = study.open();

  @Test
  void theLowestMeanIsSelectedAndOnePoolIsKeptForTheFinalTraining() {
    study.runAll(key, eta -> eta);
    ObjectNode selected = study.selection.select(key, EXECUTION, 0);
    int best = selected.path("Trial").intValue();
    assertThat(selected.path("Next").textValue()).isEqualTo("Train");
    assertThat(study.trial(key, best).cvScore(2).orElseThrow())
        .isLessThanOrEqualTo(study.trial(key, 1 - best).cvScore(2).orElseThrow());
    assertThat(study.sageMaker.list(key, Which.WARM)).hasSize(1);
  }

  @Test
  void equalScoresAreDecidedByAge() {
    study.runAll(key, eta -> 1);
    assertThat(study.selection.select(key, EXECUTION, 0).path("Trial").intValue()).isZero();
  }

  @Test
  void lanesThatLeftWorkBehindAreStartedAgain() {
    study.next(key, 0, 0);
    assertThat(study.selection.select(key, EXECUTION, 0).path("Next").textValue())
        .isEqualTo("Tune");
  }

  @Test
  void tooManyFailedTrialsFailTheStudyWithTheLastReason() {
    for (int trial = 0; trial < 2; trial++) {
      study.next(key, 0, trial);
      study.start(key, trial, 0, "t" + trial);
      study.sageMaker.fail(job(key, trial, 0, 1), "AlgorithmError: reason " + trial);
      study.jobEnd.handle(key, job(key, trial, 0, 1));
    }
    assertThatThrownBy(() -> study.selection.select(key, EXECUTION, 0))
        .isInstanceOf(GiveUpException.class)
        .hasMessageContaining("reason 1");
  }

  @Test
  void theFinalTrainingUsesAllDataAndKeepsNothingWarm() {
    finish();
    ObjectNode request = study.sageMaker.request("warmfold-test-" + key + "-final-a1");
    assertThat(request.path("InputDataConfig").findValuesAsText("S3Uri"))
        .containsExactly("s3://bucket/studies/test/" + key + "/manifests/all.manifest");
    assertThat(request.path("ResourceConfig").has("KeepAlivePeriodInSeconds")).isFalse();
  }

  @Test
  void closingWritesTheResultAndLeavesNothingWarm() {
    finish();
    ObjectNode result = study.closing.close(key, EXECUTION);
    assertThat(result.path("Status").textValue()).isEqualTo("Succeeded");
    assertThat(result.path("EndedBy").textValue()).isEqualTo("MaxNumberOfTrainingJobs");
    assertThat(result.path("Trials").path("Complete").intValue()).isEqualTo(2);
    assertThat(result.path("Model").path("ModelArtifacts").textValue()).endsWith("model.tar.gz");
    assertThat(study.sageMaker.list(key, Which.WARM)).isEmpty();
    assertThat(study.files)
        .containsOnlyKeys(
            "studies/test/" + key + "/report/report.html",
            "studies/test/" + key + "/report/result.json",
            "studies/test/" + key + "/report/trials.csv",
            "studies/test/" + key + "/report/trials.jsonl");
  }

  @Test
  void closingTwiceGivesTheSameResult() {
    finish();
    ObjectNode once = study.closing.close(key, EXECUTION);
    assertThat(study.closing.close(key, EXECUTION)).isEqualTo(once);
  }

  @Test
  void aTransformThatRunsForADayIsNotRunForAnother() {
    TestStudy predicting = new TestStudy();
    ObjectNode document = TestStudy.document();
    document
        .withObject("/Transform/TransformInput")
        .put("ContentType", "text/csv")
        .withObject("/DataSource/S3DataSource")
        .put("S3DataType", "S3Prefix")
        .put("S3Uri", "s3://data/new/");
    document
        .withObject("/Transform/TransformResources")
        .put("InstanceType", "ml.m5.large")
        .put("InstanceCount", 1);
    String its = predicting.open(document);
    predicting.runAll(its, eta -> eta);
    predicting.selection.select(its, EXECUTION, 0);
    predicting.start(its, JobKind.FINAL, "final");
    predicting.sageMaker.complete("warmfold-test-" + its + "-final-a1", Map.of());
    predicting.jobEnd.handle(its, "warmfold-test-" + its + "-final-a1");
    predicting.start(its, JobKind.TRANSFORM, "first");
    predicting.pass(Duration.ofHours(25));

    predicting.start(its, JobKind.TRANSFORM, "second");
    predicting.jobEnd.handle(its, "warmfold-test-" + its + "-transform-a1");

    assertThat(predicting.stepFunctions.answers).last().isEqualTo("second JobFailed");
    assertThat(predicting.row(its, "warmfold-test-" + its + "-transform-a1").failureReason())
        .hasValueSatisfying(reason -> assertThat(reason).contains("took longer"));
  }

  @Test
  void anotherExecutionClosesNothing() {
    finish();
    assertThatThrownBy(() -> study.closing.close(key, OTHER)).isInstanceOf(NotOwnerException.class);
    assertThat(study.closing.abandon(key, OTHER, StudyOutcome.FAILED, "late", "event")).isFalse();
    assertThat(study.ledger.find(key).orElseThrow().open()).isTrue();
  }

  @Test
  void abandoningStopsJobsGivesPoolsBackAndKeepsWhatWasFound() {
    study.next(key, 0, 0);
    study.next(key, 1, 0);
    study.start(key, 0, 0, "a");
    study.start(key, 1, 0, "b");
    study.complete(key, 0, 0, 1.0);
    study.closing.abandon(key, EXECUTION, StudyOutcome.FAILED, "JobFailed", "the user's container");
    assertThat(study.sageMaker.list(key, Which.ALL))
        .noneMatch(listed -> listed.status().equals("InProgress"));
    assertThat(study.sageMaker.list(key, Which.WARM)).isEmpty();
    assertThat(study.files.get("studies/test/" + key + "/report/result.json"))
        .contains("JobFailed")
        .contains("the user's container");
    assertThatThrownBy(() -> study.next(key, 0, 1)).isInstanceOf(NotOwnerException.class);
  }

  @Test
  void theReportOfAnAbandonedStudyIsWrittenByTheNextTryIfTheFirstCouldNot() {
    study.next(key, 0, 0);
    Closing unlucky =
        new Closing(
            study.parts,
            (file, type, text) -> {
              throw new TryAgainException("S3 is busy");
            });
    assertThatThrownBy(
            () -> unlucky.abandon(key, EXECUTION, StudyOutcome.FAILED, "JobFailed", "no such file"))
        .isInstanceOf(TryAgainException.class);
    study.closing.abandon(key, EXECUTION, StudyOutcome.FAILED, "Other", "the next try");
    assertThat(study.files.get("studies/test/" + key + "/report/result.json"))
        .contains("no such file");
  }

  @Test
  void theStudyOfAnExecutionIsFoundWithOrWithoutItsInput() {
    for (Optional<String> name : List.of(Optional.of("test"), Optional.<String>empty())) {
      assertThat(study.closing.studyOf(name, EXECUTION)).map(StudyRow::key).contains(key);
      assertThat(study.closing.studyOf(name, OTHER)).isEmpty();
    }
  }

  @Test
  void theSweepReplaysAnEventThatNeverCame() {
    study.next(key, 0, 0);
    study.start(key, 0, 0, "a");
    study.sageMaker.complete(job(key, 0, 0, 1), Map.of(METRIC, 1.0));
    study.pass(Duration.ofMinutes(3));
    assertThat(study.sweep.run().path("Replayed").intValue()).isEqualTo(1);
    assertThat(study.stepFunctions.answers).containsExactly("a Completed");
  }

  @Test
  void theSweepGoesOnAfterAJobWhoseEndCannotBeHandled() {
    study.next(key, 0, 0);
    study.next(key, 1, 0);
    study.start(key, 0, 0, "a");
    study.start(key, 1, 0, "b");
    study.sageMaker.complete(job(key, 0, 0, 1), Map.of(METRIC, 1.0));
    study.sageMaker.complete(job(key, 1, 0, 1), Map.of(METRIC, 1.0));
    study.pass(Duration.ofMinutes(3));
    study.stepFunctions.beforeNextAnswer(
        () -> {
          throw new GiveUpException("Step Functions refuses: no such token");
        });
    assertThat(study.sweep.run().path("Replayed").intValue()).isEqualTo(1);
    assertThat(study.stepFunctions.answers).containsExactly("b Completed");
  }

  @Test
  void theSweepLeavesJobsOfOtherStudiesAloneThatHaveItsKeyInTheirName() {
    study.stepFunctions.running.add(OTHER);
    ObjectNode document = TestStudy.document();
    document.put("StudyName", "after-" + key);
    String other = study.opening.open(document, OTHER).path("Key").textValue();
    study.lane.next(new Lane.Request(other, OTHER, 0, 0, 0, Optional.empty(), Optional.empty()));
    study.jobStart.start(
        new JobStart.Request(
            other, OTHER, JobKind.FOLD, OptionalInt.of(0), OptionalInt.of(0), "theirs"));
    study.pass(Duration.ofMinutes(3));
    study.sweep.run();
    assertThat(study.sageMaker.list(other, Which.ALL))
        .singleElement()
        .matches(listed -> listed.status().equals("InProgress"));
  }

  @Test
  void theSweepLeavesJobsAloneThatTrain() {
    study.next(key, 0, 0);
    study.start(key, 0, 0, "a");
    study.pass(Duration.ofMinutes(30));
    assertThat(study.sweep.run().path("Replayed").intValue()).isZero();
    assertThat(study.stepFunctions.answers).isEmpty();
  }

  @Test
  void theSweepLetsATaskTryAgainWhoseJobWasNeverStarted() {
    study.next(key, 0, 0);
    study.sageMaker.refuseNext(new IllegalStateException("the function was killed"));
    assertThatThrownBy(() -> study.start(key, 0, 0, "a")).isInstanceOf(IllegalStateException.class);
    study.pass(Duration.ofMinutes(3));
    study.sweep.run();
    assertThat(study.stepFunctions.answers).isEmpty();
    study.pass(Duration.ofMinutes(3));
    study.sweep.run();
    assertThat(study.stepFunctions.answers).containsExactly("a InfrastructureFailure");
  }

  @Test
  void theSweepEndsAStudyWhoseExecutionIsGone() {
    study.next(key, 0, 0);
    study.start(key, 0, 0, "a");
    study.stepFunctions.running.clear();
    study.sweep.run();
    assertThat(study.ledger.find(key).orElseThrow().open()).isTrue();
    study.pass(Duration.ofMinutes(11));
    study.sweep.run();
    assertThat(study.ledger.find(key).orElseThrow().outcome()).contains(StudyOutcome.ABORTED);
    assertThat(study.sageMaker.list(key, Which.ALL))
        .noneMatch(listed -> listed.status().equals("InProgress"));
  }

  @Test
  void theSweepStopsWhateverAClosedStudyStillRuns() {
    TestStudy preparing = new TestStudy();
    ObjectNode document = TestStudy.document();
    document
        .withObject("/Processing/AppSpecification")
        .put("ImageUri", "683313688378.dkr.ecr.us-east-1.amazonaws.com/prepare:1");
    document
        .withObject("/Processing/ProcessingResources/ClusterConfig")
        .put("InstanceType", "ml.m5.large")
        .put("InstanceCount", 1)
        .put("VolumeSizeInGB", 10);
    document
        .withArray("/Processing/ProcessingOutputConfig/Outputs")
        .addObject()
        .put("OutputName", "rows")
        .putObject("S3Output")
        .put("S3Uri", "s3://data/")
        .put("LocalPath", "/opt/ml/processing/rows");
    String its = preparing.open(document);
    preparing.start(its, JobKind.PROCESSING, "prepare");
    // As if the function that started it could not stop it any more.
    preparing.ledger.close(
        its, EXECUTION, StudyOutcome.FAILED, Optional.of("Late"), Optional.of("closed meanwhile"));
    preparing.sweep.run();
    String job = "warmfold-test-" + its + "-prepare-a1";
    assertThat(preparing.sageMaker.describe(JobKind.PROCESSING, job).orElseThrow().status())
        .isEqualTo("Stopped");
  }

  @Test
  void theSweepForgetsAStudyOnlyWhenItOwnsNothingAnyMore() {
    finish();
    study.closing.close(key, EXECUTION);
    study.sweep.run();
    assertThat(study.ledger.active()).hasSize(1);
    study.pass(Duration.ofMinutes(6));
    study.sweep.run();
    assertThat(study.ledger.active()).isEmpty();
  }

  private void finish() {
    study.runAll(key, eta -> eta);
    study.selection.select(key, EXECUTION, 0);
    study.start(key, JobKind.FINAL, "final");
    String name = "warmfold-test-" + key + "-final-a1";
    study.sageMaker.complete(name, Map.of());
    study.jobEnd.handle(key, name);
  }
}
