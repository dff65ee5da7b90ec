package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.local.cloud.Calls;
import io.warmfold.local.simulation.Objective.Answer;
import io.warmfold.local.simulation.Study.Came;
import io.warmfold.study.StudyDocument;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole studies on the virtual clock. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SimulationTest {

  private static final int TRIALS = 6;
  private static final int FOLDS = 3;
  private static final int SLOTS = 2;

  @TempDir Path work;

  private static ObjectNode document() {
    return Study.document(TRIALS, FOLDS, SLOTS);
  }

  private static Conditions conditions(double loss, double capacity, double rate, double spread) {
    return new Conditions(5, 180, 20, 120, spread, 2, loss, capacity, rate);
  }

  private static void isWhole(Came came) {
    assertThat(came.status()).as("%s", came.output()).isEqualTo("SUCCEEDED");
    assertThat(came.output().at("/Trials/Complete").intValue()).isEqualTo(TRIALS);
    assertThat(came.figures().breaches()).isEmpty();
  }

  @Test
  void oneThatDoesNotOpenLeavesItsFolderToTheNext() throws Exception {
    StudyDocument document = StudyDocument.require(document());
    Setup withoutItsExamples =
        new Setup(
            work,
            Study.TEMPLATE,
            Optional.of(work.resolve("none")),
            document,
            Conditions.standard(1),
            new Bowl(document),
            false,
            Calls.DIRECT,
            Optional.empty(),
            trouble -> {});

    assertThatThrownBy(() -> Simulation.open(withoutItsExamples))
        .isInstanceOf(NoSuchFileException.class);

    isWhole(Study.simulate(work, document(), Conditions.standard(1)));
  }

  @Test
  void aStudyTakesTheTimeAndTheMoneyThatItsJobsTake() throws Exception {
    Came came = Study.simulate(work, document(), Conditions.standard(1));
    isWhole(came);
    Figures figures = came.figures();
    // Nine folds a slot: one starts cold, and the final training comes after them.
    assertThat(figures.tuning()).isBetween(180 + 9 * 120.0 + 8 * 20, 1600.0);
    assertThat(figures.elapsed()).isGreaterThan(figures.tuning() + 120);
    int jobs = TRIALS * FOLDS + 1;
    assertThat(figures.coldStarts() + figures.warmStarts()).isEqualTo(jobs);
    assertThat(figures.bill().training()).isCloseTo(jobs * 120.0, within(1e-6));
    assertThat(figures.bill().startUp()).isCloseTo(jobs * 20.0, within(1e-6));
    assertThat(figures.peakJobs()).isEqualTo(SLOTS);
    assertThat(figures.apiCalls()).containsEntry("sagemaker:CreateTrainingJob", (long) jobs);
    assertThat(figures.longestHistory()).isBetween(100L, 1_000L);
    Incumbent last = came.trajectory().getLast();
    assertThat(last.cvScore()).isEqualTo(came.output().at("/Best/CvScore").doubleValue());
    assertThat(last.trial()).isEqualTo(came.output().at("/Best/Trial").intValue());
    assertThat(last.billedSeconds()).isLessThanOrEqualTo(figures.bill().total());
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherGivesOthers() throws Exception {
    Conditions conditions = conditions(0.05, 0.2, 10, 0.5);
    String first = Study.simulate(work.resolve("a"), document(), conditions).bytes();
    String again = Study.simulate(work.resolve("b"), document(), conditions).bytes();
    assertThat(again).isEqualTo(first);
    Conditions other = new Conditions(6, 180, 20, 120, 0.5, 2, 0.05, 0.2, 10);
    assertThat(Study.simulate(work.resolve("c"), document(), other).bytes()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"true, DIRECT", "true, BY_SDK", "false, BY_SDK"})
  void theLedgerInMemoryAndDirectCallsAreAsGoodAsDynamoDbAndTheSdk(boolean dynamoDb, Calls calls)
      throws Exception {
    Conditions conditions = conditions(0, 0.2, 10, 0.3);
    Came memory = Study.simulate(work.resolve("a"), document(), conditions);
    Came other =
        Study.simulate(
            work.resolve("b"), document(), conditions, Study.How.USUAL.with(dynamoDb, calls));
    isWhole(other);
    assertThat(other.bytes()).isEqualTo(memory.bytes());
  }

  @Test
  void trainingsThatDifferMakeLanesThatDoNotWaitForEachOther() throws Exception {
    Came came = Study.simulate(work, document(), conditions(0, 0, 10, 0.7));
    isWhole(came);
    assertThat(came.figures().warmStarts()).isGreaterThanOrEqualTo(TRIALS * FOLDS - SLOTS);
  }

  @Test
  void aStudyCostsNoMoreThanItMay() throws Exception {
    ObjectNode document = Study.document(40, FOLDS, 3);
    document
        .withObject("/HyperParameterTuningJobConfig/ResourceLimits")
        .put("MaxCost", 2)
        .put("PricePerInstanceHour", 1);
    Came came = Study.simulate(work, document, conditions(0, 0.2, 10, 0.3));
    assertThat(came.status()).as("%s", came.output()).isEqualTo("SUCCEEDED");
    assertThat(came.figures().breaches()).isEmpty();
    assertThat(came.output().path("EndedBy").textValue()).isEqualTo("MaxCost");
    double billed = came.figures().bill().total();
    assertThat(billed).isLessThanOrEqualTo(7_200);
    // And most of it is used: what is left pays for no trial.
    assertThat(billed).isGreaterThan(7_200 - 2 * FOLDS * 200);
    assertThat(came.output().at("/Cost/Spent").doubleValue() * 3_600)
        .isCloseTo(billed, within(0.01 * billed));
    assertThat(came.output().at("/Trials/Complete").intValue())
        .isEqualTo(came.output().at("/Trials/Total").intValue());
  }

  @Test
  void foldsThatWantCapacityAreTriedAgain() throws Exception {
    Came came = Study.simulate(work, Study.document(TRIALS, FOLDS, 6), conditions(0, 0.6, 10, 0));
    isWhole(came);
    assertThat(came.snapshot().jobs().stream().flatMap(job -> job.outcome().stream()))
        .contains(JobOutcome.INFRASTRUCTURE);
    assertThat(came.output().at("/Jobs/Retried").intValue()).isPositive();
  }

  @Test
  void aThrottledServiceIsAskedAgain() throws Exception {
    Came came = Study.simulate(work, Study.document(TRIALS, FOLDS, 6), conditions(0, 0, 0.05, 0));
    isWhole(came);
    assertThat(came.figures().apiCalls().get("sagemaker:CreateTrainingJob"))
        .isGreaterThan(TRIALS * FOLDS + 1);
  }

  @Test
  void noEventHasToArrive() throws Exception {
    Came came = Study.simulate(work, document(), conditions(0.3, 0, 10, 0));
    isWhole(came);
    assertThat(came.figures().lostEvents()).isPositive();
    assertThat(came.snapshot().jobs()).allSatisfy(job -> assertThat(job.released()).isTrue());
  }

  @Test
  void failedTrainingsFailTheirTrials() throws Exception {
    ObjectNode document = document();
    document
        .withObject("/HyperParameterTuningJobConfig/ResourceLimits")
        .put("MaxFailedTrials", TRIALS);
    Came came =
        Study.simulate(
            work,
            document,
            Conditions.standard(3),
            Study.How.USUAL.around(
                objective ->
                    (values, fold, seed) ->
                        Double.parseDouble(values.get("decay")) > 0.5
                            ? new Answer.Failed("the loss is not a number")
                            : objective.answer(values, fold, seed)));
    assertThat(came.figures().breaches()).isEmpty();
    assertThat(came.output().at("/Trials/Failed").intValue()).isPositive();
    assertThat(came.snapshot().jobs().stream().flatMap(job -> job.failureReason().stream()))
        .anyMatch(reason -> reason.contains("the loss is not a number"));
  }

  @Test
  void aStudyThatFailsLeavesNothingBehind() throws Exception {
    ObjectNode document = document();
    document.withObject("/HyperParameterTuningJobConfig/ResourceLimits").put("MaxFailedTrials", 0);
    Came came =
        Study.simulate(
            work,
            document,
            conditions(0, 0, 10, 0.6),
            Study.How.USUAL.around(
                objective -> (values, fold, seed) -> new Answer.Failed("no luck")));
    assertThat(came.status()).isEqualTo("FAILED");
    assertThat(came.figures().breaches()).isEmpty();
    assertThat(came.snapshot().jobs())
        .isNotEmpty()
        .allSatisfy(job -> assertThat(job.outcome()).isPresent());
  }
}
