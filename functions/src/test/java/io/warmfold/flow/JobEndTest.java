package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.METRIC;
import static io.warmfold.flow.TestStudy.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What follows from the end of a job, however often and by whomever it is noticed. */
class JobEndTest {

  private final TestStudy study = new TestStudy();
  private String key;

  @BeforeEach
  void claimTheFirstFold() {
    key = study.open();
    study.next(key, 0, 0);
  }

  @Test
  void aScoreIsWrittenAndTheTokenAnswered() {
    study.start(key, 0, 0, "a");
    study.complete(key, 0, 0, 0.25);
    assertThat(study.trial(key, 0).scores()).containsEntry(0, 0.25);
    assertThat(study.trial(key, 0).claims()).isEmpty();
    assertThat(study.stepFunctions.answers).containsExactly("a Completed");
  }

  @Test
  void aScoreOfAnyMagnitudeIsKeptToTheLastBit() {
    study.start(key, 0, 0, "a");
    study.complete(key, 0, 0, 4.9e-320);
    assertThat(study.trial(key, 0).scores()).containsEntry(0, 4.9e-320);
  }

  @Test
  void anEventThatComesTwiceChangesNothing() {
    study.start(key, 0, 0, "a");
    study.complete(key, 0, 0, 0.25);
    assertThat(study.jobEnd.handle(key, job(key, 0, 0, 1))).isTrue();
    assertThat(study.stepFunctions.answers).hasSize(1);
  }

  @Test
  void anEventOfAJobThatRunsIsOnlyASign() {
    study.start(key, 0, 0, "a");
    assertThat(study.jobEnd.handle(key, job(key, 0, 0, 1))).isFalse();
    assertThat(study.stepFunctions.answers).isEmpty();
  }

  @Test
  void anEventOfAJobThatTheLedgerDoesNotKnowIsTriedAgain() {
    assertThatThrownBy(() -> study.jobEnd.handle(key, job(key, 5, 0, 1)))
        .isInstanceOf(TryAgainException.class);
  }

  @Test
  void theMeanIsWrittenWhenTheLastFoldIsIn() {
    study.next(key, 1, 0);
    study.start(key, 0, 0, "a");
    study.complete(key, 0, 0, 1.0);
    study.next(key, 0, 1);
    study.start(key, 0, 1, "b");
    study.complete(key, 0, 1, 2.0);
    assertThat(study.trial(key, 0).cvScore(2)).hasValue(1.5);
    assertThat(study.trial(key, 0).standardError(2)).hasValue(0.5);
  }

  @Test
  void aFailureOfTheAlgorithmFailsTheTrialAndNotTheLane() {
    study.start(key, 0, 0, "a");
    study.sageMaker.fail(job(key, 0, 0, 1), "AlgorithmError: eta is wrong");
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.trial(key, 0).failure()).contains("AlgorithmError: eta is wrong");
    assertThat(study.stepFunctions.answers).containsExactly("a Failed");
    assertThat(study.next(key, 0, 1).path("Trial").intValue()).isEqualTo(1);
  }

  @Test
  void aFailureOfSageMakerIsTriedUnderTheNextAttempt() {
    study.start(key, 0, 0, "a");
    study.sageMaker.fail(job(key, 0, 0, 1), "CapacityError: no ml.m5.large");
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.stepFunctions.answers).containsExactly("a InfrastructureFailure");
    assertThat(study.trial(key, 0).outcomes()).isEmpty();
    study.start(key, 0, 0, "b");
    assertThat(study.sageMaker.names()).contains(job(key, 0, 0, 2));
  }

  @Test
  void aTaskThatComesTooLateIsAnsweredAtOnce() {
    study.start(key, 0, 0, "a");
    study.complete(key, 0, 0, 1.0);
    study.start(key, 0, 0, "b");
    assertThat(study.stepFunctions.answers).containsExactly("a Completed", "b Completed");
  }

  @Test
  void aTokenThatChangesWhileTheOldOneIsAnsweredIsAnsweredToo() {
    study.start(key, 0, 0, "a");
    study.sageMaker.complete(job(key, 0, 0, 1), Map.of(METRIC, 1.0));
    study.stepFunctions.beforeNextAnswer(() -> study.start(key, 0, 0, "b"));
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.stepFunctions.answers).contains("b Completed");
    assertThat(study.row(key, job(key, 0, 0, 1)).released()).isTrue();
  }

  @Test
  void stoppedIsThreeThings() {
    study.start(key, 0, 0, "a");
    study.sageMaker.stopped(job(key, 0, 0, 1), "MaxRuntimeExceeded");
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.row(key, job(key, 0, 0, 1)).outcome()).contains(JobOutcome.FAILED);

    study.next(key, 1, 0);
    study.start(key, 1, 0, "b");
    study.sageMaker.stopped(job(key, 1, 0, 1), "Stopped");
    study.jobEnd.handle(key, job(key, 1, 0, 1));
    assertThat(study.row(key, job(key, 1, 0, 1)).outcome())
        .contains(JobOutcome.STOPPED_BY_SOMEBODY);
    assertThat(study.trial(key, 1).failure()).isPresent();
  }

  @Test
  void aStopOfOursScoresNothingAndFailsNothing() {
    study.start(key, 0, 0, "a");
    study.closing.abandon(key, EXECUTION, StudyOutcome.ABORTED, "Aborted", "by hand");
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.row(key, job(key, 0, 0, 1)).outcome()).contains(JobOutcome.STOPPED_BY_US);
    assertThat(study.trial(key, 0).outcomes()).isEmpty();
  }

  @Test
  void metricsThatLagAreWaitedForAndThenMissed() {
    study.start(key, 0, 0, "a");
    study.sageMaker.complete(job(key, 0, 0, 1), Map.of());
    assertThatThrownBy(() -> study.jobEnd.handle(key, job(key, 0, 0, 1)))
        .isInstanceOf(TryAgainException.class);
    assertThat(study.pauses).hasSize(3);
    assertThat(study.row(key, job(key, 0, 0, 1)).metricPending()).contains(study.instant());
    study.pass(Duration.ofMinutes(3));
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.trial(key, 0).failure().orElseThrow())
        .contains("without the metric " + METRIC);
  }

  @Test
  void metricsThatComeAMomentLaterCostAPauseOnly() {
    study.start(key, 0, 0, "a");
    study.sageMaker.complete(job(key, 0, 0, 1), Map.of());
    study.atPause = () -> study.sageMaker.complete(job(key, 0, 0, 1), Map.of(METRIC, 0.5));

    assertThat(study.jobEnd.handle(key, job(key, 0, 0, 1))).isTrue();

    assertThat(study.pauses).containsExactly(Duration.ofSeconds(1));
    assertThat(study.trial(key, 0).outcomes().get(0)).isInstanceOf(FoldOutcome.Scored.class);
    assertThat(study.row(key, job(key, 0, 0, 1)).metricPending()).isEmpty();
  }

  @Test
  void aMetricOfAnotherNameIsNamed() {
    study.start(key, 0, 0, "a");
    study.sageMaker.complete(job(key, 0, 0, 1), Map.of("validation:mae", 1.0));
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.trial(key, 0).failure().orElseThrow()).contains("validation:mae");
  }

  @Test
  void aScoreThatIsNoNumberFailsTheTrial() {
    study.start(key, 0, 0, "a");
    study.sageMaker.complete(job(key, 0, 0, 1), Map.of(METRIC, Double.NaN));
    study.jobEnd.handle(key, job(key, 0, 0, 1));
    assertThat(study.trial(key, 0).failure().orElseThrow()).contains("NaN");
  }
}
