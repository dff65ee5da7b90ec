package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.OTHER;
import static io.warmfold.flow.TestStudy.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs.Which;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.StudyRow;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.NotOwnerException;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Selection, the final training, closing, abandoning. */
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
    study.finish(key);
    ObjectNode request = study.sageMaker.request("warmfold-test-" + key + "-final-a1");
    assertThat(request.path("InputDataConfig").findValuesAsText("S3Uri"))
        .containsExactly("s3://bucket/studies/test/" + key + "/manifests/all.manifest");
    assertThat(request.path("ResourceConfig").has("KeepAlivePeriodInSeconds")).isFalse();
  }

  @Test
  void closingWritesTheResultAndLeavesNothingWarm() {
    study.finish(key);
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
  void closingEndsTheRowsOfJobsThatWereNeverStarted() {
    TestStudy young = new TestStudy();
    String its = young.open();
    young.sageMaker.refuseNext(new TryAgainException("quota"));
    young.next(its, 0, 0);
    assertThatThrownBy(() -> young.start(its, 0, 0, "a")).isInstanceOf(TryAgainException.class);
    young.next(its, 1, 0);
    young.start(its, 1, 0, "b");

    young.closing.close(its, EXECUTION);

    assertThat(young.row(its, job(its, 0, 0, 1)).outcome()).contains(JobOutcome.INFRASTRUCTURE);
    // What runs is not taken for it.
    assertThat(young.row(its, job(its, 1, 0, 1)).outcome()).isEmpty();
    assertThat(young.stepFunctions.answers).isEmpty();
  }

  @Test
  void closingTwiceGivesTheSameResult() {
    study.finish(key);
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
    study.finish(key);
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
}
