package io.warmfold.local.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laws of managed warm pools. */
class WarmPoolsTest {

  @TempDir private Path work;
  private Sandbox sandbox;

  @BeforeEach
  void open() {
    sandbox = new Sandbox(work, Sandbox.settings());
  }

  @Test
  void keepsThePoolOfAJobForTheNextOneWithItsKey() {
    sandbox.create(Sandbox.job("a", 300));
    assertThat(sandbox.pool("a")).isEqualTo("InUse");
    sandbox.seconds(60);
    assertThat(sandbox.pool("a")).isEqualTo("Available");

    ObjectNode other = Sandbox.job("b", 300);
    ((ObjectNode) other.path("HyperParameters")).put("num_round", "9");
    sandbox.create(other);
    assertThat(sandbox.pool("a")).isEqualTo("Reused");
    assertThat(sandbox.describe("a").at("/WarmPoolStatus/ReusedByJob").asText()).isEqualTo("b");
    assertThat(
            sandbox
                .describe("a")
                .at("/WarmPoolStatus/ResourceRetainedBillableTimeInSeconds")
                .asInt())
        .isEqualTo(18);
    assertThat(sandbox.runner.machines).hasSize(1);
    sandbox.seconds(33);
    assertThat(sandbox.pool("b")).isEqualTo("Available");
  }

  @Test
  void startsColdWhenTheKeyIsAnother() {
    sandbox.create(Sandbox.job("a", 300));
    sandbox.seconds(60);
    ObjectNode bigger = Sandbox.job("b", 300);
    ((ObjectNode) bigger.path("ResourceConfig")).put("VolumeSizeInGB", 11);
    sandbox.create(bigger);
    ObjectNode isolated = Sandbox.job("c", 300);
    isolated.put("EnableNetworkIsolation", true);
    sandbox.create(isolated);
    ObjectNode role = Sandbox.job("d", 300);
    role.put("RoleArn", Sandbox.ROLE + "2");
    sandbox.create(role);
    assertThat(sandbox.runner.machines).hasSize(4);
    assertThat(sandbox.pool("a")).isEqualTo("Available");
    ObjectNode explicit = Sandbox.job("e", 300);
    explicit.put("EnableNetworkIsolation", false);
    sandbox.create(explicit);
    assertThat(sandbox.runner.machines).hasSize(4);
  }

  @Test
  void endsAPoolWhenItsPeriodIsOver() {
    sandbox.create(Sandbox.job("a", 100));
    sandbox.seconds(42 + 99);
    assertThat(sandbox.pool("a")).isEqualTo("Available");
    sandbox.seconds(2);
    assertThat(sandbox.pool("a")).isEqualTo("Terminated");
    assertThat(
            sandbox
                .describe("a")
                .at("/WarmPoolStatus/ResourceRetainedBillableTimeInSeconds")
                .asInt())
        .isEqualTo(100);
    assertThat(sandbox.runner.alive()).isZero();
  }

  @Test
  void releasesAPoolOnRequestAndOnlyWhileItIsAvailable() {
    sandbox.create(Sandbox.job("a", 300));
    String release = "{'TrainingJobName': 'a', 'ResourceConfig': {'KeepAlivePeriodInSeconds': 0}}";
    assertThatThrownBy(() -> sandbox.call("UpdateTrainingJob", release))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.code()).isEqualTo("ValidationException"));
    sandbox.seconds(60);
    sandbox.call("UpdateTrainingJob", release);
    assertThat(sandbox.pool("a")).isEqualTo("Terminated");
    assertThat(sandbox.runner.alive()).isZero();
    assertThatThrownBy(() -> sandbox.call("UpdateTrainingJob", release))
        .isInstanceOf(ServiceException.class);
  }

  @Test
  void endsThePoolAfterAJobWithoutAPeriod() {
    sandbox.create(Sandbox.job("a", 300));
    sandbox.seconds(60);
    sandbox.create(Sandbox.job("b", 0));
    assertThat(sandbox.pool("a")).isEqualTo("Reused");
    sandbox.seconds(60);
    assertThat(sandbox.pool("b")).isEmpty();
    assertThat(sandbox.runner.alive()).isZero();
  }

  @Test
  void keepsNoPoolBeyondTheQuotaAndSaysNothing() {
    sandbox = new Sandbox(work.resolve("other"), Sandbox.settings().withQuotas(9, 1));
    sandbox.create(Sandbox.job("a", 300));
    sandbox.create(Sandbox.job("b", 300));
    sandbox.seconds(60);
    assertThat(sandbox.describe("b").path("TrainingJobStatus").asText()).isEqualTo("Completed");
    assertThat(sandbox.runner.alive()).isEqualTo(1);
    assertThat(new String[] {sandbox.pool("a"), sandbox.pool("b")})
        .containsExactlyInAnyOrder("Available", "Terminated");
  }

  @Test
  void startsColdWhenTheInstanceDiedInItsPool() {
    sandbox.create(Sandbox.job("a", 300));
    sandbox.seconds(60);
    sandbox.runner.machines.getFirst().release();
    sandbox.create(Sandbox.job("b", 300));
    assertThat(sandbox.pool("a")).isEqualTo("Terminated");
    assertThat(sandbox.runner.machines).hasSize(2);
  }

  @Test
  void keepsThePoolOfAJobThatFailedByItselfAndNotOfALostOne() {
    sandbox.runner.failure = Optional.of("AlgorithmError: no, exit code: 1");
    sandbox.create(Sandbox.job("a", 300));
    sandbox.seconds(60);
    assertThat(sandbox.pool("a")).isEqualTo("Available");
    sandbox.runner.failure = Optional.of("InternalServerError: lost");
    sandbox.create(Sandbox.job("b", 300));
    sandbox.seconds(60);
    assertThat(sandbox.pool("b")).isEqualTo("Terminated");
  }

  @Test
  void listsJobsByTheStatusOfTheirPools() {
    sandbox.create(Sandbox.job("a", 300));
    sandbox.create(Sandbox.job("b", 300));
    sandbox.seconds(60);
    sandbox.create(Sandbox.job("c", 300));
    assertThat(
            sandbox
                .call("ListTrainingJobs", "{'WarmPoolStatusEquals': 'Available'}")
                .path("TrainingJobSummaries"))
        .extracting(j -> j.path("TrainingJobName").asText())
        .containsExactly("b");
  }
}
