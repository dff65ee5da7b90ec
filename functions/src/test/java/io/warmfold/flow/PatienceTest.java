package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.SageMakerJobs.Which;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lane without work: how long it waits, and whether its instance waits with it. */
class PatienceTest {

  private final TestStudy study = new TestStudy();

  private ObjectNode next(String key, int lane, int turn, String lastJob, LastPool known) {
    return study.lane.next(
        new Lane.Request(
            key, EXECUTION, 0, lane, turn, Optional.empty(), Optional.of(lastJob), known));
  }

  private List<String> available(String key) {
    return study.sageMaker.list(key, Which.WARM).stream().map(listed -> listed.name()).toList();
  }

  /**
   * A fold has ended after a minute and another one runs. There is no money for another trial,
   * unless the one that runs costs less than a minute.
   *
   * @param later by how many seconds the one that runs began later
   */
  private String waiting(int later) {
    ObjectNode document = TestStudy.document();
    document
        .withObject("/HyperParameterTuningJobConfig/ResourceLimits")
        .put("MaxParallelTrainingJobs", 3)
        .put("MaxCost", 5)
        .put("PricePerInstanceHour", 60);
    String key = study.open(document);
    study.next(key, 0, 0);
    study.next(key, 1, 0);
    study.start(key, 0, 1, "b");
    study.pass(Duration.ofSeconds(later));
    study.start(key, 0, 0, "a");
    study.pass(Duration.ofSeconds(60 - later));
    study.complete(key, 0, 1, 1);
    return key;
  }

  @Test
  void anInstanceIsKeptForWorkThatIsAboutToCome() {
    String key = waiting(10);
    ObjectNode answer = next(key, 1, 1, job(key, 0, 1, 1), LastPool.AVAILABLE);
    assertThat(answer.path("Action").textValue()).isEqualTo("Wait");
    // The one that runs has run for 50 s, and the news of its end take a while.
    assertThat(answer.path("Seconds").intValue()).isEqualTo(12);
    assertThat(answer.path("Pool").textValue()).isEqualTo("Kept");
    assertThat(available(key)).containsExactly(job(key, 0, 1, 1));
  }

  @Test
  void anInstanceWhoseWorkDoesNotComeIsGivenBack() {
    String key = waiting(10);
    String last = job(key, 0, 1, 1);
    next(key, 1, 1, last, LastPool.AVAILABLE);
    study.pass(Duration.ofSeconds(50));
    ObjectNode answer = next(key, 1, 2, last, LastPool.KEPT);
    assertThat(answer.path("Action").textValue()).isEqualTo("Wait");
    assertThat(answer.path("Pool").textValue()).isEqualTo("Gone");
    assertThat(available(key)).isEmpty();
  }

  @Test
  void anInstanceIsGivenBackAtOnceIfTheWorkIsFar() {
    String key = waiting(56);
    ObjectNode answer = next(key, 1, 1, job(key, 0, 1, 1), LastPool.AVAILABLE);
    assertThat(answer.path("Pool").textValue()).isEqualTo("Gone");
    assertThat(answer.path("Seconds").intValue()).isEqualTo(58);
    assertThat(available(key)).isEmpty();
  }

  @Test
  void noMoreInstancesAreKeptThanFoldsMayCome() {
    String key = waiting(10);
    String another = job(key, 0, 0, 1);
    study.sageMaker.pool(another, "Available");
    next(key, 1, 1, job(key, 0, 1, 1), LastPool.AVAILABLE);
    assertThat(available(key)).containsExactly(another);
  }

  @Test
  void whatOthersLeftForAKeptInstanceIsGivenBackInItsPlace() {
    String key = waiting(10);
    String last = job(key, 0, 1, 1);
    String another = job(key, 0, 0, 1);
    next(key, 1, 1, last, LastPool.AVAILABLE);
    study.sageMaker.pool(last, "Reused");
    study.sageMaker.pool(another, "Available");
    study.pass(Duration.ofSeconds(50));
    next(key, 1, 2, last, LastPool.KEPT);
    assertThat(available(key)).isEmpty();
  }

  /** A fold is left to begin, and one that began so many seconds ago runs. */
  private String oneFoldLeft(int ago) {
    String key = study.open();
    study.next(key, 0, 0);
    study.next(key, 1, 0);
    study.start(key, 0, 0, "a");
    study.start(key, 1, 0, "b");
    // A minute is billed, so the rest is a cold start.
    study.pass(Duration.ofMinutes(4));
    study.complete(key, 0, 0, 1);
    study.complete(key, 1, 0, 1);
    study.next(key, 0, 1);
    study.start(key, 0, 1, "c");
    study.pass(Duration.ofSeconds(ago));
    return key;
  }

  @Test
  void aLaneWithoutAnInstanceLeavesTheLastFoldToOneThatIsFreeSooner() {
    String key = oneFoldLeft(200);
    ObjectNode answer = next(key, 1, 1, job(key, 1, 0, 1), LastPool.GONE);
    assertThat(answer.path("Action").textValue()).isEqualTo("Wait");
    assertThat(answer.path("Seconds").intValue()).isEqualTo(42);
    assertThat(next(key, 0, 2, job(key, 0, 1, 1), LastPool.AVAILABLE).path("Trial").intValue())
        .isEqualTo(1);
  }

  @Test
  void itRunsTheFoldItselfIfNoneIsFreeSooner() {
    String key = oneFoldLeft(10);
    assertThat(next(key, 1, 1, job(key, 1, 0, 1), LastPool.GONE).path("Action").textValue())
        .isEqualTo("Run");
  }

  @Test
  void aLaneThatHasRunNothingYetLeavesNothingToOthers() {
    String key = oneFoldLeft(200);
    assertThat(study.next(key, 1, 1).path("Action").textValue()).isEqualTo("Run");
  }
}
