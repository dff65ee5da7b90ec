package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.OTHER;
import static io.warmfold.flow.TestStudy.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.study.FixInputException;
import io.warmfold.study.NotOwnerException;
import io.warmfold.study.TryAgainException;
import org.junit.jupiter.api.Test;

class OpeningTest {

  private final TestStudy study = new TestStudy();

  @Test
  void aNewStudyGetsAKeyAndItsSlots() {
    ObjectNode opened = study.opening.open(document(), EXECUTION);
    assertThat(opened.path("Key").textValue()).matches("[0-9a-f]{8}");
    assertThat(opened.path("Slots").intValue()).isEqualTo(2);
    assertThat(opened.path("Lanes").intValue()).isEqualTo(2);
    assertThat(opened.path("Split").booleanValue()).isTrue();
    assertThat(opened.path("Prepare").booleanValue()).isFalse();
    assertThat(opened.path("FoldTimeout").intValue()).isEqualTo(3600 + 3600);
  }

  @Test
  void asksAgainGetsTheSameStudy() {
    ObjectNode once = study.opening.open(document(), EXECUTION);
    assertThat(study.opening.open(document(), EXECUTION)).isEqualTo(once);
  }

  @Test
  void allProblemsOfADocumentAreNamed() {
    ObjectNode document = document();
    document.put("StudyName", "no spaces please");
    document.withObject("CrossValidation").put("Folds", 1);
    assertThatThrownBy(() -> study.opening.open(document, EXECUTION))
        .isInstanceOf(FixInputException.class)
        .hasMessageContaining("/StudyName")
        .hasMessageContaining("/CrossValidation/Folds");
    assertThat(study.ledger.newest("no spaces please")).isEmpty();
  }

  @Test
  void aStudyThatIsBeingRunIsNotTakenFromItsExecution() {
    study.open();
    assertThatThrownBy(() -> study.opening.open(document(), OTHER))
        .isInstanceOf(FixInputException.class)
        .hasMessageContaining(EXECUTION);
  }

  @Test
  void anInterruptedStudyGoesOnUnderTheNextExecution() {
    String key = study.open();
    study.stepFunctions.running.clear();
    ObjectNode resumed = study.opening.open(document(), OTHER);
    assertThat(resumed.path("Key").textValue()).isEqualTo(key);
    assertThat(resumed.path("Split").booleanValue()).isFalse();
    assertThatThrownBy(() -> study.next(key, 0, 0)).isInstanceOf(NotOwnerException.class);
  }

  @Test
  void anAbortedStudyGoesOnAndForgivesItsFailures() {
    String key = study.open();
    study.next(key, 0, 0);
    study.start(key, 0, 0, "token");
    study.sageMaker.fail(TestStudy.job(key, 0, 0, 1), "AlgorithmError: no");
    study.jobEnd.handle(key, TestStudy.job(key, 0, 0, 1));
    study.closing.abandon(key, EXECUTION, StudyOutcome.ABORTED, "Aborted", "by hand");
    study.stepFunctions.running.clear();
    assertThat(study.opening.open(document(), OTHER).path("Key").textValue()).isEqualTo(key);
    assertThat(study.ledger.find(key).orElseThrow().forgiven()).isEqualTo(1);
    assertThat(study.ledger.find(key).orElseThrow().openFor(OTHER)).isTrue();
  }

  @Test
  void anotherDocumentUnderTheSameNameIsAnotherStudy() {
    String key = study.open();
    study.stepFunctions.running.clear();
    ObjectNode changed = document();
    changed.withObject("CrossValidation").put("Folds", 3);
    assertThat(study.opening.open(changed, OTHER).path("Key").textValue()).isNotEqualTo(key);
  }

  @Test
  void aStudyThatSucceededIsNotTouchedByTheNextOfItsName() {
    String key = study.open();
    study.runAll(key, eta -> eta);
    study.closing.close(key, EXECUTION);
    assertThat(study.opening.open(document(), OTHER).path("Key").textValue()).isNotEqualTo(key);
    assertThat(study.ledger.find(key).orElseThrow().owner()).isEqualTo(EXECUTION);
  }

  @Test
  void aStudyThatIsJustBeingClosedIsWaitedFor() {
    String key = study.open();
    study.ledger.studies().startClosing(key, EXECUTION, "closing");
    assertThatThrownBy(() -> study.opening.open(document(), OTHER))
        .isInstanceOf(TryAgainException.class);
  }

  @Test
  void manyTrialsAreShiftsThatKeepHistoriesShort() {
    ObjectNode document = document();
    document
        .withObject("HyperParameterTuningJobConfig")
        .withObject("ResourceLimits")
        .put("MaxNumberOfTrainingJobs", 10_000)
        .put("MaxParallelTrainingJobs", 4);
    // 20,000 folds on 4 slots are 10,000 turns each, at most 900 of them planned for a shift.
    assertThat(study.opening.open(document, EXECUTION).path("Lanes").intValue()).isEqualTo(4 * 12);
  }
}
