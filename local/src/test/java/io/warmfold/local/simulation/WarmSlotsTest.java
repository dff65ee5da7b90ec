package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.MemoryTable;
import io.warmfold.local.VirtualTimeline;
import io.warmfold.local.cloud.Calls;
import io.warmfold.local.cloud.CloudOptions;
import io.warmfold.local.cloud.Delivery;
import io.warmfold.local.cloud.LocalCloud;
import io.warmfold.local.cloud.Persistence;
import io.warmfold.local.sagemaker.SageMakerSettings;
import io.warmfold.local.simulation.Objective.Answer;
import io.warmfold.study.StudyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One slot, one pool: the real template, state machine and functions against SageMaker's laws of
 * warm pools, on the virtual clock.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WarmSlotsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SLOTS = 3;
  private static final int FOLDS = 12;
  private static final Objective GOOD =
      (values, fold, seed) ->
          new Answer.Scored(Double.parseDouble(values.get("eta")) + fold, OptionalDouble.empty());
  private static final Objective BAD =
      (values, fold, seed) -> new Answer.Failed("no such column, exit code: 1");

  @TempDir Path work;
  private Path template = Path.of("..", "template.yaml");
  private boolean abortIsHeard = true;
  private final Watch watch = new Watch(SLOTS, 1, 0);
  private final List<String> running = new ArrayList<>();
  private final List<String> available = new ArrayList<>();
  private String finalPool = "";

  private static SageMakerSettings settings(
      int jobs, int pools, boolean poolsOutliveFailure, Duration delay) {
    return new SageMakerSettings(
        "123456789012",
        "us-east-1",
        jobs,
        pools,
        poolsOutliveFailure,
        delay,
        Map.of("CreateTrainingJob", 10.0),
        new SplittableRandom(5));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 20})
  void everyFoldButTheFirstOfASlotIsWarmAndSoIsTheFinalTraining(int poolDelay) throws Exception {
    JsonNode result = succeed(settings(100, 100, true, Duration.ofSeconds(poolDelay)), GOOD);
    assertThat(result.path("Jobs").path("Fold").intValue()).isEqualTo(FOLDS);
    assertThat(result.path("Jobs").path("ColdStarts").intValue()).isEqualTo(SLOTS);
    assertThat(result.path("Jobs").path("WarmMisses").intValue()).isZero();
    assertThat(result.path("Jobs").path("WarmHits").intValue()).isEqualTo(FOLDS - SLOTS + 1);
    assertThat(watch.coldStarts()).isEqualTo(SLOTS);
    assertThat(finalPool).as("the final training keeps nothing").isEmpty();
    assertThat(result.path("Warnings").toString()).doesNotContain("slot", "pool");
    assertThat(watch.breaches()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void fewerSlotsThanAskedAreUsedWhenTheQuotaSaysSo() throws Exception {
    JsonNode result = succeed(settings(2, 100, true, Duration.ofSeconds(5)), GOOD);
    assertThat(watch.peak()).isEqualTo(2);
    assertThat(result.path("Jobs").path("ColdStarts").intValue()).isEqualTo(2);
    assertThat(result.path("Warnings").toString()).contains("Only 2 of 3 slots were used");
    assertThat(watch.breaches()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void anAccountWithoutWarmPoolsRunsColdAndSaysWhy() throws Exception {
    JsonNode result = succeed(settings(100, 0, true, Duration.ofSeconds(5)), GOOD);
    assertThat(result.path("Jobs").path("WarmHits").intValue()).isZero();
    assertThat(result.path("Jobs").path("ColdStarts").intValue()).isEqualTo(FOLDS);
    assertThat(result.path("Warnings").toString())
        .contains("No slot could be kept warm")
        .contains("ml.m5.large for training warm pool usage");
    assertNothingIsLeft();
  }

  @Test
  void fewerWarmPoolsThanSlotsKeepSomeSlotsWarm() throws Exception {
    JsonNode result = succeed(settings(100, 1, true, Duration.ofSeconds(5)), GOOD);
    assertThat(result.path("Jobs").path("WarmHits").intValue()).isPositive();
    assertThat(result.path("Warnings").toString()).contains("Only 1 of 3 slots could be kept warm");
    assertNothingIsLeft();
  }

  @Test
  void quotasThatMayNotBeReadAreAWarning() throws Exception {
    template = Files.createTempFile(Path.of(".."), "template-", ".yaml");
    try {
      Files.writeString(
          template,
          Files.readString(Path.of("..", "template.yaml"))
              .replace("servicequotas:ListServiceQuotas", "servicequotas:ListNothing"));
      JsonNode result = succeed(settings(100, 100, true, Duration.ZERO), GOOD);
      assertThat(result.path("Warnings").toString())
          .contains("not fitted")
          .contains("servicequotas:ListServiceQuotas");
    } finally {
      Files.delete(template);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStudyThatFailsLeavesNothing(boolean poolsOutliveFailure) throws Exception {
    JsonNode execution =
        run(settings(100, 100, poolsOutliveFailure, Duration.ofSeconds(5)), BAD, Duration.ZERO);
    assertThat(execution.path("status").textValue()).isEqualTo("FAILED");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 260, 310, 333})
  void anAbortedStudyLeavesNothing(int seconds) throws Exception {
    JsonNode execution =
        run(settings(100, 100, true, Duration.ofSeconds(8)), GOOD, Duration.ofSeconds(seconds));
    assertThat(execution.path("status").textValue()).isEqualTo("ABORTED");
    assertNothingIsLeft();
  }

  @Test
  void aStudyWhoseAbortNobodyHeardOfLeavesNothing() throws Exception {
    abortIsHeard = false;
    run(settings(100, 100, true, Duration.ofSeconds(8)), GOOD, Duration.ofSeconds(310));
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() {
    assertThat(watch.peak()).isLessThanOrEqualTo(SLOTS);
    assertThat(running).isEmpty();
    assertThat(available).isEmpty();
  }

  private JsonNode succeed(SageMakerSettings settings, Objective objective) throws Exception {
    JsonNode execution = run(settings, objective, Duration.ZERO);
    assertThat(execution.path("status").asText()).as("%s", execution).isEqualTo("SUCCEEDED");
    return MAPPER.readTree(execution.path("output").textValue());
  }

  /**
   * Runs a study.
   *
   * @param abortAfter when its execution is stopped; zero for never
   */
  private JsonNode run(SageMakerSettings settings, Objective objective, Duration abortAfter)
      throws IOException {
    StudyDocument document = StudyDocument.require(document());
    Conditions conditions = Conditions.standard(1);
    try (VirtualTimeline timeline = new VirtualTimeline(Simulation.BEGIN);
        LocalCloud cloud =
            LocalCloud.open(
                work,
                timeline,
                template,
                CloudOptions.of(new SplittableRandom(3))
                    .with(new Persistence.InTable(new MemoryTable()))
                    .with(Calls.DIRECT)
                    .with(
                        Delivery.retriedAfter(List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)))
                            .withDelays(
                                event ->
                                    abortIsHeard
                                            || !event
                                                .path("detail-type")
                                                .asText()
                                                .startsWith("Step Functions")
                                        ? List.of(Duration.ofSeconds(1))
                                        : List.of())),
                settings,
                (time, objects, folder) ->
                    new SimulatedRunner(
                        time,
                        objects,
                        new SimulatedRunner.Model(
                            conditions,
                            objective,
                            document.objective().metricName(),
                            () -> "warmfold"),
                        watch,
                        new Meter()))) {
      for (String bucket : MadeUpData.fill(document, cloud.objects())) {
        cloud.mayRead(bucket);
      }
      String arn =
          cloud
              .stepFunctions()
              .call(
                  "StartExecution",
                  MAPPER
                      .createObjectNode()
                      .put("stateMachineArn", cloud.stack().stateMachine().arn())
                      .put("input", document().toString()))
              .path("executionArn")
              .textValue();
      ObjectNode which = MAPPER.createObjectNode().put("executionArn", arn);
      if (abortAfter.isPositive()) {
        timeline.runFor(abortAfter);
        cloud.stepFunctions().call("StopExecution", which);
      }
      // A study of this size takes some ten minutes; the rest is for the sweeps.
      timeline.runFor(Duration.ofMinutes(50));
      look(cloud);
      return cloud.stepFunctions().call("DescribeExecution", which);
    }
  }

  private void look(LocalCloud cloud) {
    JsonNode jobs =
        cloud
            .sageMaker()
            .call("ListTrainingJobs", MAPPER.createObjectNode().put("MaxResults", 100))
            .path("TrainingJobSummaries");
    for (JsonNode job : jobs) {
      String name = job.path("TrainingJobName").textValue();
      if (job.path("TrainingJobStatus").asText().matches("InProgress|Stopping")) {
        running.add(name);
      }
      if (job.path("WarmPoolStatus").path("Status").asText().equals("Available")) {
        available.add(name);
      }
      if (name.contains("-final-")) {
        finalPool = job.path("WarmPoolStatus").path("Status").asText();
      }
    }
  }

  private static JsonNode document() throws IOException {
    return MAPPER.readTree(
        """
        { "StudyName": "slots",
          "Data": { "S3Uri": "s3://made-up/rows.csv" },
          "CrossValidation": { "Folds": 3 },
          "HyperParameterTuningJobConfig": {
            "Strategy": "Random",
            "HyperParameterTuningJobObjective": { "Type": "Minimize", "MetricName": "validation:rmse" },
            "ResourceLimits": { "MaxNumberOfTrainingJobs": 4, "MaxParallelTrainingJobs": 3, "MaxFailedTrials": 1 },
            "ParameterRanges": { "ContinuousParameterRanges": [ { "Name": "eta", "MinValue": "0.05", "MaxValue": "0.5" } ] } },
          "TrainingJobDefinition": {
            "AlgorithmSpecification": { "TrainingImage": "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1", "TrainingInputMode": "File" },
            "StaticHyperParameters": { "objective": "reg:squarederror", "num_round": "10" },
            "ResourceConfig": { "InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10 } } }
        """);
  }
}
