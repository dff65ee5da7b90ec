package io.warmfold.local.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.DynamoDbTable;
import io.warmfold.ledger.Ledger;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.ledger.Table;
import io.warmfold.local.cloud.Calls;
import io.warmfold.local.sagemaker.SageMakerSettings;
import io.warmfold.report.TrialsCsv;
import io.warmfold.report.TrialsJsonl;
import io.warmfold.study.StudyDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Whole simulated studies for tests. */
final class Study {

  private static final ObjectMapper JSON = new ObjectMapper();
  static final Path TEMPLATE = Path.of("..", "template.yaml");

  /**
   * What a study came to.
   *
   * @param status of the execution
   * @param output of the execution, or its error
   */
  record Came(
      String status,
      JsonNode output,
      StudySnapshot snapshot,
      Figures figures,
      List<Incumbent> trajectory) {

    /** Everything that has to be the same for the same seed. */
    String bytes() {
      return output.toPrettyString()
          + figures.toJson().toPrettyString()
          + Incumbent.toJson(trajectory)
          + TrialsCsv.of(snapshot)
          + TrialsJsonl.of(snapshot);
    }
  }

  private Study() {}

  /** A document with an image that nobody has. */
  static ObjectNode document(int trials, int folds, int slots) {
    try {
      ObjectNode document =
          (ObjectNode)
              JSON.readTree(
                  """
                  { "StudyName": "made-up",
                    "Data": { "S3Uri": "s3://nobody/rows.csv", "HasHeader": true, "LabelColumn": "outcome" },
                    "CrossValidation": { "Seed": 11, "Race": { "Type": "None" } },
                    "HyperParameterTuningJobConfig": {
                      "Strategy": "Random",
                      "HyperParameterTuningJobObjective": { "Type": "Minimize", "MetricName": "loss" },
                      "ResourceLimits": {},
                      "ParameterRanges": { "ContinuousParameterRanges": [
                        { "Name": "rate", "MinValue": "0.01", "MaxValue": "0.5", "ScalingType": "Logarithmic" },
                        { "Name": "decay", "MinValue": "0", "MaxValue": "1" } ] } },
                    "TrainingJobDefinition": {
                      "AlgorithmSpecification": {
                        "TrainingImage": "123456789012.dkr.ecr.us-east-1.amazonaws.com/mine:1",
                        "MetricDefinitions": [ { "Name": "loss", "Regex": "loss=([0-9.]+)" } ] },
                      "ResourceConfig": { "InstanceType": "ml.m5.large" },
                      "StoppingCondition": { "MaxRuntimeInSeconds": 3600 } } }
                  """);
      document.withObject("/CrossValidation").put("Folds", folds);
      document
          .withObject("/HyperParameterTuningJobConfig/ResourceLimits")
          .put("MaxNumberOfTrainingJobs", trials)
          .put("MaxParallelTrainingJobs", slots);
      return document;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How a study is simulated, and on what. */
  record How(
      boolean dynamoDb,
      Calls calls,
      UnaryOperator<Objective> objective,
      UnaryOperator<SageMakerSettings> account) {

    static final How USUAL =
        new How(false, Calls.DIRECT, UnaryOperator.identity(), UnaryOperator.identity());

    How with(boolean inDynamoDb, Calls way) {
      return new How(inDynamoDb, way, objective, account);
    }

    /** With something between the study and the objective. */
    How around(UnaryOperator<Objective> other) {
      return new How(dynamoDb, calls, other, account);
    }

    /** In an account whose settings are made of those without limits. */
    How in(UnaryOperator<SageMakerSettings> other) {
      return new How(dynamoDb, calls, objective, other);
    }
  }

  static Came simulate(Path work, JsonNode json, Conditions conditions) throws IOException {
    return simulate(work, json, conditions, How.USUAL);
  }

  static Came simulate(Path work, JsonNode json, Conditions conditions, How how)
      throws IOException {
    StudyDocument document = StudyDocument.require(json);
    try (Objective objective = how.objective().apply(new Bowl(document));
        Simulation simulation =
            Simulation.open(
                new Setup(
                    work,
                    TEMPLATE,
                    Optional.empty(),
                    document,
                    conditions,
                    objective,
                    how.dynamoDb(),
                    how.calls(),
                    Optional.empty(),
                    trouble -> {}),
                how.account())) {
      simulation.fillInData();
      var cloud = simulation.cloud();
      ObjectNode start =
          JSON.createObjectNode()
              .put("stateMachineArn", cloud.stack().stateMachine().arn())
              .put("name", "simulated")
              .put("input", json.toString());
      String arn =
          cloud.stepFunctions().call("StartExecution", start).path("executionArn").asText();
      simulation.follow(arn);
      if (!simulation.run(() -> false)) {
        throw new IllegalStateException("nothing goes on, and the study is not over");
      }
      simulation.clearUp();
      JsonNode execution =
          cloud
              .stepFunctions()
              .call("DescribeExecution", JSON.createObjectNode().put("executionArn", arn));
      Table table =
          simulation
              .table()
              .orElseGet(
                  () ->
                      new DynamoDbTable(
                          DynamoDbClient.builder()
                              .httpClient(cloud.http())
                              .credentialsProvider(cloud.credentials())
                              .region(Region.of(cloud.stack().region()))
                              .build(),
                          cloud.stack().table().name()));
      Ledger ledger = new Ledger(table, simulation.timeline());
      StudySnapshot snapshot =
          ledger.snapshot(
              ledger
                  .newest(document.studyName())
                  .flatMap(ledger::find)
                  .orElseThrow(() -> new IllegalStateException(execution.toString())));
      JsonNode output =
          execution.has("output")
              ? JSON.readTree(execution.path("output").textValue())
              : JSON.createObjectNode()
                  .put("error", execution.path("error").asText())
                  .put("cause", execution.path("cause").asText());
      return new Came(
          execution.path("status").asText(),
          output,
          snapshot,
          simulation.figures(),
          simulation.trajectory(snapshot));
    }
  }
}
