package io.warmfold.local.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.RealTimeline;
import io.warmfold.local.cloud.CloudOptions;
import io.warmfold.local.cloud.Delivery;
import io.warmfold.local.cloud.LocalCloud;
import io.warmfold.local.cloud.Witnesses;
import io.warmfold.local.engine.ExecutionListener;
import io.warmfold.local.engine.ExecutionView;
import io.warmfold.local.sagemaker.Images;
import io.warmfold.local.sagemaker.SageMakerSettings;
import io.warmfold.local.sagemaker.instance.LocalJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real template, state machine, functions and trainings, from a document to a model. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WholeStudyTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int TRIALS = 3;
  private static final int FOLDS = 3;

  @TempDir Path work;

  @Test
  void aStudyEndsWithAModelItsPredictionsAndAnAccountOfEveryFold() throws Exception {
    Path recording = work.resolve("calls.jsonl");
    JsonNode execution = run(Path.of("..", "template.yaml"), recording);
    assertThat(execution.path("status").asText()).as("%s", execution).isEqualTo("SUCCEEDED");

    JsonNode result = MAPPER.readTree(execution.path("output").textValue());
    assertThat(result.path("Trials").path("Complete").intValue()).isEqualTo(TRIALS);
    assertThat(result.path("Jobs").path("Fold").intValue()).isEqualTo(TRIALS * FOLDS);
    assertThat(result.path("Best").path("FoldScores")).hasSize(FOLDS);
    double mean = 0;
    for (JsonNode score : result.path("Best").path("FoldScores")) {
      mean += score.doubleValue() / FOLDS;
    }
    assertThat(result.path("Best").path("CvScore").doubleValue())
        .isCloseTo(mean, org.assertj.core.api.Assertions.within(1e-12));
    // Two slots, so at most two cold starts of folds; everything else found its instance warm.
    assertThat(result.path("Jobs").path("WarmHits").intValue())
        .isGreaterThanOrEqualTo(TRIALS * FOLDS - 2);

    assertThat(file(result.path("Model").path("ModelArtifacts").textValue())).isNotEmptyFile();
    assertThat(lines(result.path("Transform").path("Output").textValue() + "new.csv.out"))
        .hasSize(4);
    assertThat(lines(result.path("TrialsCsv").textValue())).hasSize(TRIALS + 1);
    assertThat(lines(result.path("TrialsJsonl").textValue())).hasSize(TRIALS);
    assertThat(Files.readString(file(result.path("Report").textValue()))).contains("made-up");

    List<String> created = new ArrayList<>();
    for (String line : Files.readAllLines(recording)) {
      JsonNode call = MAPPER.readTree(line);
      if (call.path("operation").asText().equals("CreateTrainingJob")) {
        created.add(call.path("input").path("TrainingJobName").asText());
      }
    }
    assertThat(created).doesNotHaveDuplicates().hasSize(TRIALS * FOLDS + 1);
  }

  @Test
  void aPermissionThatTheTemplateDoesNotGiveFailsTheStudyByName() throws Exception {
    // The copy lies where the original does, because paths in a template are relative to it.
    Path template = Files.createTempFile(Path.of(".."), "template-", ".yaml");
    try {
      Files.writeString(
          template,
          Files.readString(Path.of("..", "template.yaml"))
              .replace("- sagemaker:CreateTrainingJob", "- sagemaker:CreateNothing"));
      JsonNode execution = run(template, work.resolve("calls.jsonl"));
      assertThat(execution.path("status").asText()).isEqualTo("FAILED");
      assertThat(execution.path("cause").asText())
          .contains("sagemaker:CreateTrainingJob")
          .contains("not authorized");
    } finally {
      Files.delete(template);
    }
  }

  private JsonNode run(Path template, Path recording) throws Exception {
    CompletableFuture<String> ended = new CompletableFuture<>();
    SplittableRandom random = new SplittableRandom(1);
    try (RealTimeline timeline = new RealTimeline();
        LocalCloud cloud =
            LocalCloud.open(
                work,
                timeline,
                template,
                CloudOptions.of(random.split())
                    .with(Witnesses.none().recordingTo(recording))
                    .with(
                        Delivery.retriedAfter(
                            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)))),
                SageMakerSettings.unlimited("000000000000", "us-east-1", random.split()),
                (time, objects, folder) ->
                    new LocalJobRunner(time, objects, folder, new Images(Map.of()), 1))) {
      cloud
          .stepFunctions()
          .listen(
              new ExecutionListener() {
                @Override
                public void ended(ExecutionView execution) {
                  if (!execution.arn().contains("/")) {
                    ended.complete(execution.arn());
                  }
                }
              });
      cloud.upload(rows(), "s3://made-up/rows.csv");
      cloud.upload(newRows(), "s3://made-up/new.csv");
      ObjectNode start =
          MAPPER
              .createObjectNode()
              .put("stateMachineArn", cloud.stack().stateMachine().arn())
              .put("input", document().toString());
      cloud.stepFunctions().call("StartExecution", start);
      String arn = ended.get(9, TimeUnit.MINUTES);
      return cloud
          .stepFunctions()
          .call("DescribeExecution", MAPPER.createObjectNode().put("executionArn", arn));
    }
  }

  /** A label that depends on both features, last, under a header, with Windows line ends. */
  private Path rows() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder("one,two,outcome\r\n");
    for (int row = 0; row < 200; row++) {
      double one = random.nextDouble();
      double two = random.nextDouble();
      text.append(one)
          .append(',')
          .append(two)
          .append(',')
          .append(3 * one - two * two)
          .append("\r\n");
    }
    return Files.writeString(work.resolve("rows.csv"), text);
  }

  private Path newRows() throws IOException {
    return Files.writeString(work.resolve("new.csv"), "0.1,0.2\n0.3,0.4\n0.5,0.6\n0.7,0.8\n");
  }

  private static JsonNode document() throws IOException {
    return MAPPER.readTree(
        """
        { "StudyName": "made-up",
          "Data": { "S3Uri": "s3://made-up/rows.csv", "HasHeader": true, "LabelColumn": "outcome" },
          "CrossValidation": { "Folds": 3, "Seed": 11 },
          "HyperParameterTuningJobConfig": {
            "HyperParameterTuningJobObjective": { "Type": "Minimize", "MetricName": "validation:rmse" },
            "ResourceLimits": { "MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 2 },
            "ParameterRanges": { "ContinuousParameterRanges": [ { "Name": "eta", "MinValue": "0.05", "MaxValue": "0.5" } ] } },
          "TrainingJobDefinition": {
            "AlgorithmSpecification": { "TrainingImage": "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1", "TrainingInputMode": "File" },
            "StaticHyperParameters": { "objective": "reg:squarederror", "num_round": "10" },
            "ResourceConfig": { "InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10 } },
          "Transform": {
            "TransformInput": { "DataSource": { "S3DataSource": { "S3DataType": "S3Prefix", "S3Uri": "s3://made-up/new.csv" } }, "ContentType": "text/csv", "SplitType": "Line" },
            "TransformOutput": { "AssembleWith": "Line" },
            "TransformResources": { "InstanceType": "ml.m5.large", "InstanceCount": 1 } } }
        """);
  }

  private Path file(String s3Uri) {
    return work.resolve("s3").resolve(s3Uri.substring("s3://".length()));
  }

  private List<String> lines(String s3Uri) throws IOException {
    return Files.readAllLines(file(s3Uri));
  }
}
