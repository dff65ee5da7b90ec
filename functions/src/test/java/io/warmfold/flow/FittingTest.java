package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.OTHER;
import static io.warmfold.flow.TestStudy.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.InstanceQuotas;
import io.warmfold.ledger.Capacity;
import io.warmfold.study.FixInputException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Slots follow the quotas, and the ledger remembers what they were. */
class FittingTest {

  private final TestStudy study = new TestStudy();

  private static ObjectNode slots(int slots, int instances) {
    ObjectNode document = document();
    document
        .withObject("HyperParameterTuningJobConfig")
        .withObject("ResourceLimits")
        .put("MaxNumberOfTrainingJobs", 100)
        .put("MaxParallelTrainingJobs", slots);
    document
        .withObject("TrainingJobDefinition")
        .withObject("ResourceConfig")
        .put("InstanceCount", instances);
    return document;
  }

  private Capacity open(ObjectNode document, InstanceQuotas.Answer quotas) {
    study.quotas = quotas;
    ObjectNode opened = study.opening.open(document, EXECUTION);
    Capacity capacity =
        study.ledger.find(opened.path("Key").textValue()).orElseThrow().capacity().orElseThrow();
    assertThat(opened.path("Slots").intValue()).isEqualTo(capacity.slots());
    assertThat(study.opening.open(document, EXECUTION)).isEqualTo(opened);
    return capacity;
  }

  @Test
  void quotasThatSufficeChangeNothing() {
    assertThat(open(slots(20, 1), new InstanceQuotas.Known(20, 20)))
        .isEqualTo(new Capacity(20, 20, List.of()));
  }

  @Test
  void fewerJobsThanAskedAreFewerSlots() {
    Capacity capacity = open(slots(20, 2), new InstanceQuotas.Known(9, 100));
    assertThat(capacity.slots()).isEqualTo(4);
    assertThat(capacity.warmSlots()).isEqualTo(4);
    assertThat(capacity.notes())
        .singleElement()
        .asString()
        .contains("Only 4 of 20 slots")
        .contains("\"ml.m5.large for training job usage\" is 9");
  }

  @Test
  void fewerWarmPoolsThanSlotsAreSaidAndSlotsStay() {
    Capacity capacity = open(slots(20, 1), new InstanceQuotas.Known(20, 5));
    assertThat(capacity.slots()).isEqualTo(20);
    assertThat(capacity.warmSlots()).isEqualTo(5);
    assertThat(capacity.notes())
        .singleElement()
        .asString()
        .contains("Only 5 of 20 slots could be kept warm")
        .contains("\"ml.m5.large for training warm pool usage\" is 5");
  }

  @Test
  void withoutAWarmPoolNoJobAsksForOneAndNoLaneWaitsForOne() {
    Capacity capacity = open(document(), new InstanceQuotas.Known(20, 0));
    assertThat(capacity.warmSlots()).isZero();
    assertThat(capacity.notes()).singleElement().asString().contains("No slot could be kept warm");
    String key = study.ledger.newest("test").orElseThrow();
    study.next(key, 0, 0);
    study.start(key, 0, 0, "a");
    String job = TestStudy.job(key, 0, 0, 1);
    assertThat(study.sageMaker.request(job).path("ResourceConfig").has("KeepAlivePeriodInSeconds"))
        .isFalse();
    study.complete(key, 0, 0, 1);
    int looks = study.sageMaker.looks;
    ObjectNode next =
        study.lane.next(
            new Lane.Request(
                key,
                EXECUTION,
                0,
                0,
                1,
                Optional.empty(),
                Optional.of(job),
                LastPool.of(study.stepFunctions.outputs.getLast().path("Pool").textValue())));
    assertThat(next.path("Action").textValue()).isEqualTo("Run");
    assertThat(study.sageMaker.looks).isEqualTo(looks);
  }

  @Test
  void aQuotaThatAllowsNoJobIsRefusedBeforeAnythingIsSpent() {
    study.quotas = new InstanceQuotas.Known(1, 0);
    assertThatThrownBy(() -> study.opening.open(slots(2, 2), EXECUTION))
        .isInstanceOf(FixInputException.class)
        .hasMessageContaining("ml.m5.large for training job usage\" is 1")
        .hasMessageContaining("needs 2");
    assertThat(study.ledger.newest("test")).isEmpty();
  }

  @Test
  void quotasThatCannotBeReadStopNothing() {
    Capacity capacity =
        open(slots(20, 1), new InstanceQuotas.Unknown("Service Quotas could not be read: denied"));
    assertThat(capacity.slots()).isEqualTo(20);
    assertThat(capacity.warmSlots()).isEqualTo(20);
    assertThat(capacity.notes()).singleElement().asString().contains("denied");
  }

  @Test
  void aStudyThatIsTakenUpAgainIsFittedAnew() {
    open(slots(20, 1), new InstanceQuotas.Known(10, 10));
    study.quotas = new InstanceQuotas.Known(20, 20);
    ObjectNode resumed = study.opening.open(slots(20, 1), OTHER);
    assertThat(resumed.path("Slots").intValue()).isEqualTo(20);
  }
}
