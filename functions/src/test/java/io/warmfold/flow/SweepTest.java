package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.METRIC;
import static io.warmfold.flow.TestStudy.OTHER;
import static io.warmfold.flow.TestStudy.document;
import static io.warmfold.flow.TestStudy.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs.Which;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.study.GiveUpException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the sweep makes good, and what it leaves alone. */
class SweepTest {

  private final TestStudy study = new TestStudy();
  private final String key = study.open();

  private List<String> available() {
    return study.available(key);
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
    preparing
        .ledger
        .studies()
        .close(
            its,
            EXECUTION,
            StudyOutcome.FAILED,
            Optional.of("Late"),
            Optional.of("closed meanwhile"));
    preparing.sweep.run();
    String job = "warmfold-test-" + its + "-prepare-a1";
    assertThat(preparing.sageMaker.describe(JobKind.PROCESSING, job).orElseThrow().status())
        .isEqualTo("Stopped");
  }

  @Test
  void theSweepForgetsAStudyOnlyWhenItOwnsNothingAnyMore() {
    study.finish(key);
    study.closing.close(key, EXECUTION);
    study.sweep.run();
    assertThat(study.ledger.active()).hasSize(1);
    study.pass(Duration.ofMinutes(6));
    study.sweep.run();
    assertThat(study.ledger.active()).isEmpty();
  }

  @Test
  void theSweepKeepsAClosedStudyInSightUntilItsLastPoolMustHaveShown() {
    study.next(key, 0, 0);
    study.start(key, 0, 0, "a");
    study.sageMaker.showPools(Optional.empty());
    String stopped = job(key, 0, 0, 1);
    study.pass(Duration.ofMinutes(6));
    study.closing.abandon(key, EXECUTION, StudyOutcome.ABORTED, "Aborted", "by hand");
    study.sweep.run();
    assertThat(study.ledger.active()).hasSize(1);
    study.sageMaker.pool(stopped, "Available");
    assertThat(study.sweep.run().path("Released").intValue()).isEqualTo(1);
    assertThat(available()).isEmpty();
    study.sweep.run();
    assertThat(study.ledger.active()).isEmpty();
  }

  @Test
  void theSweepGivesBackWhatTheFinalTrainingDidNotTake() {
    study.runAll(key, eta -> eta);
    study.selection.select(key, EXECUTION, 0);
    study.start(key, JobKind.FINAL, "final");
    study.sweep.run();
    assertThat(available()).hasSize(1);
    study.pass(Duration.ofMinutes(3));
    assertThat(study.sweep.run().path("Released").intValue()).isEqualTo(1);
    assertThat(available()).isEmpty();
  }

  @Test
  void whatTheSweepsHaveAccountedForCostsTheClosingNoWrite() {
    CountingTable table = new CountingTable();
    TestStudy large = new TestStudy(table);
    ObjectNode document = document();
    document
        .withObject("/HyperParameterTuningJobConfig/ResourceLimits")
        .put("MaxNumberOfTrainingJobs", 50);
    String its = large.open(document);
    large.runAll(its, eta -> eta);
    for (int trial = 0; trial < 50; trial++) {
      for (int fold = 0; fold < 2; fold++) {
        large.sageMaker.pool(job(its, trial, fold, 1), "Reused");
      }
    }
    table.reset();
    large.sweep.run();
    assertThat(table.written()).isGreaterThanOrEqualTo(100);
    table.reset();
    large.closing.close(its, EXECUTION);
    assertThat(table.written()).isLessThan(10);
  }
}
