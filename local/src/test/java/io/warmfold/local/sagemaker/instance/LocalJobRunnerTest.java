package io.warmfold.local.sagemaker.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in real worker processes. */
class LocalJobRunnerTest {

  @TempDir private Path work;

  @Test
  void trainsTheBuiltInImageOnShardsThatManifestsName() throws Exception {
    try (Machine machine = new Machine(work, Map.of())) {
      machine.folds();
      machine.create("fold-0", 600);
      JsonNode job = machine.await("fold-0");

      assertThat(job.path("FailureReason").asText()).isEmpty();
      assertThat(job.path("TrainingJobStatus").asText()).isEqualTo("Completed");
      assertThat(job.path("SecondaryStatusTransitions"))
          .extracting(t -> t.path("Status").asText())
          .containsExactly("Starting", "Downloading", "Training", "Uploading", "Completed");
      String log = Files.readString(work.resolve("logs/fold-0.log"));
      assertThat(log)
          .containsPattern(
              "\\[9\\]#011train-rmse:\\d+\\.\\d{5}#011validation-rmse:\\d+\\.\\d{5}\\R");
      float last =
          Float.parseFloat(log.strip().substring(log.strip().lastIndexOf("validation-rmse:") + 16));
      JsonNode metrics = job.path("FinalMetricDataList");
      assertThat(metrics)
          .extracting(m -> m.path("MetricName").asText())
          .containsExactly("train:rmse", "validation:rmse");
      assertThat(metrics.get(1).path("Value").floatValue()).isCloseTo(last, within(0f));
      assertThat(machine.objects().file(job.at("/ModelArtifacts/S3ModelArtifacts").asText()))
          .isRegularFile();
      assertThat(machine.events())
          .extracting(e -> e.path("detail").path("SecondaryStatus").asText())
          .endsWith("Completed");
      assertThat(job.at("/WarmPoolStatus/Status").asText()).isEqualTo("Available");
    }
  }

  @Test
  void failsAJobWithTheImagesOwnWords() throws Exception {
    try (Machine machine = new Machine(work, Map.of())) {
      machine.folds();
      machine.create("none", 600, "{'objective': 'reg:squarederror'}");
      assertThat(machine.await("none").path("FailureReason").asText())
          .isEqualTo(
              "AlgorithmError: framework error: \nMissing required hyperparameter: num_round, exit"
                  + " code: 1");
      machine.create("far", 0, "{'num_round': '2', 'eta': '1.5'}");
      assertThat(machine.await("far").path("FailureReason").asText())
          .contains("Hyperparameter eta: 1.5 is not in [0, 1], exit code: 1");
    }
  }

  @Test
  void runsAnImageThatIsACommandAndReadsItsMetrics() throws Exception {
    String script =
        "echo loss=3; echo \"loss=$(cat $SAGEMAKER_BASE_DIR/input/data/train/*.csv | wc -l)\" >&2;"
            + " echo loss=none; cp $SAGEMAKER_BASE_DIR/input/config/hyperparameters.json"
            + " $SAGEMAKER_BASE_DIR/model/; echo mode=$0 \"$@\"; sh -c 'echo run $0'";
    try (Machine machine = new Machine(work, Map.of("own/image", script))) {
      machine.folds();
      machine.create("own", "1.dkr.ecr.eu-central-1.amazonaws.com/own/image:7");
      JsonNode job = machine.await("own");
      assertThat(job.path("FailureReason").asText()).isEmpty();
      assertThat(job.at("/FinalMetricDataList/0/MetricName").asText()).isEqualTo("loss");
      assertThat(job.at("/FinalMetricDataList/0/Value").floatValue()).isEqualTo(200f);
      assertThat(Files.readString(work.resolve("logs/own.log"))).contains("run train");
      Path archive = machine.objects().file("s3://data/out/own/output/model.tar.gz");
      Archive.read(archive, work.resolve("unpacked"));
      assertThat(work.resolve("unpacked/hyperparameters.json")).hasContent("{\"depth\":\"3\"}");
    }
  }

  @Test
  void aContainerIsOverWithItsMainProcessWhateverThatLeavesBehind() throws Exception {
    String script = "sleep 300 & echo loss=3; sleep 1; sleep 1; true";
    try (Machine machine = new Machine(work, Map.of("own/image", script))) {
      machine.folds();
      machine.create("own", "own/image");
      JsonNode job = machine.await("own");
      assertThat(job.path("TrainingJobStatus").asText()).isEqualTo("Completed");
      assertThat(job.at("/FinalMetricDataList/0/Value").floatValue()).isEqualTo(3f);
    }
  }

  @Test
  void tellsWhyACommandFailed() throws Exception {
    String script = "echo it is too late > $SAGEMAKER_BASE_DIR/output/failure; exit 7 #";
    try (Machine machine = new Machine(work, Map.of("own/image", script))) {
      machine.folds();
      machine.create("own", "own/image");
      assertThat(machine.await("own").path("FailureReason").asText())
          .isEqualTo("AlgorithmError: it is too late, exit code: 7");
      machine.create("unknown", "another/image:1");
      assertThat(machine.await("unknown").path("FailureReason").asText())
          .startsWith("ClientError: ")
          .contains("--image another/image:1='command'");
    }
  }

  @Test
  void aFileInTheWayIsTheJobsFaultAndNotTheMachines() throws Exception {
    String script = "cd $SAGEMAKER_BASE_DIR; rmdir model; echo no folder > model; true";
    try (Machine machine = new Machine(work, Map.of("own/image", script))) {
      machine.folds();
      machine.create("own", "own/image");
      assertThat(machine.await("own").path("FailureReason").asText())
          .startsWith("ClientError: A file of the job is in the way: ")
          .contains("model");
    }
  }

  @Test
  void failsTheJobWhoseInstanceIsLostAndLeavesNoContainer() throws Exception {
    String script = "echo $$ > $SAGEMAKER_BASE_DIR/pid; exec sleep 600 #";
    try (Machine machine = new Machine(work, Map.of("own/image", script))) {
      machine.folds();
      machine.create("own", "own/image");
      ProcessHandle container = machine.container("own");
      ProcessHandle worker = container.parent().orElseThrow();
      worker.destroyForcibly();
      assertThat(machine.await("own").path("FailureReason").asText())
          .startsWith("InternalServerError: ");
      container.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void leavesNothingBehindWhenTheParentIsGone() throws Exception {
    String script = "echo $$ > $SAGEMAKER_BASE_DIR/pid; sleep 600 & sleep 600; exit 1 #";
    ProcessHandle container;
    ProcessHandle worker;
    try (Machine machine = new Machine(work, Map.of("own/image", script))) {
      machine.folds();
      machine.create("own", "own/image");
      container = machine.container("own");
      worker = container.parent().orElseThrow();
    }
    // Closing ends the worker's input, which is also all that it sees of a parent that was killed.
    worker.onExit().get(30, TimeUnit.SECONDS);
    container.onExit().get(30, TimeUnit.SECONDS);
  }

  @Test
  void stopsAContainerThatRuns() throws Exception {
    String script =
        "trap 'echo saved > $SAGEMAKER_BASE_DIR/model/m; exit 0' TERM; echo $$ >"
            + " $SAGEMAKER_BASE_DIR/pid; while true; do sleep 0.05; done #";
    try (Machine machine = new Machine(work, Map.of("own/image", script))) {
      machine.folds();
      machine.create("own", "own/image");
      machine.container("own");
      machine.call("StopTrainingJob", "{'TrainingJobName': 'own'}");
      JsonNode job = machine.await("own");
      assertThat(job.path("TrainingJobStatus").asText()).isEqualTo("Stopped");
      Archive.read(
          machine.objects().file("s3://data/out/own/output/model.tar.gz"), work.resolve("kept"));
      assertThat(work.resolve("kept/m")).hasContent("saved");
    }
  }

  @Test
  void stopsAJobThatIsAboutToBegin() throws Exception {
    try (Machine machine = new Machine(work, Map.of("own/image", "sleep 600 #"))) {
      machine.folds();
      machine.create("own", "own/image");
      machine.call("StopTrainingJob", "{'TrainingJobName': 'own'}");
      assertThat(machine.await("own").path("TrainingJobStatus").asText()).isEqualTo("Stopped");
    }
  }

  @Test
  void transformsWithTheModelThatItTrained() throws Exception {
    try (Machine machine = new Machine(work, Map.of())) {
      machine.folds();
      machine.create("fold-0", 600);
      String model = machine.await("fold-0").at("/ModelArtifacts/S3ModelArtifacts").asText();
      machine.call(
          "CreateModel",
          "{'ModelName': 'm', 'ExecutionRoleArn': 'arn:aws:iam::123456789012:role/jobs',"
              + "'PrimaryContainer': {'Image': 'x/sagemaker-xgboost:3.0-5', 'ModelDataUrl': '"
              + model
              + "'}}");
      machine.call(
          "CreateTransformJob",
          "{'TransformJobName': 't', 'ModelName': 'm', 'TransformInput': {'ContentType':"
              + " 'text/csv', 'SplitType': 'Line', 'DataSource': {'S3DataSource': {'S3DataType':"
              + " 'S3Prefix', 'S3Uri': 's3://data/shards/'}}}, 'TransformOutput': {'S3OutputPath':"
              + " 's3://data/predicted', 'AssembleWith': 'Line'}, 'TransformResources':"
              + " {'InstanceType': 'ml.m5.large', 'InstanceCount': 1}, 'DataProcessing':"
              + " {'InputFilter': '$[1:]', 'JoinSource': 'Input', 'OutputFilter': '$[0,-1]'}}");
      machine.awaitEvent("Transform", "t", "Completed|Failed");
      double worst = 0;
      for (String line :
          Files.readAllLines(machine.objects().file("s3://data/predicted/shard-2.csv.out"))) {
        String[] pair = line.split(",", -1);
        worst =
            Math.max(worst, Math.abs(Double.parseDouble(pair[0]) - Double.parseDouble(pair[1])));
      }
      // Labels are between -2 and 3; the worst prediction of ten rounds is well within them.
      assertThat(worst).isBetween(0.0001, 0.8);
      assertThat(machine.objects().list("s3://data/predicted/")).hasSize(3);
    }
  }

  @Test
  void processesWithPathsOfItsOwnMachine() throws Exception {
    try (Machine machine = new Machine(work, Map.of())) {
      machine.folds();
      machine.call(
          "CreateProcessingJob",
          "{'ProcessingJobName': 'p', 'RoleArn': 'arn:aws:iam::123456789012:role/jobs',"
              + "'ProcessingResources': {'ClusterConfig': {'InstanceType': 'ml.m5.large',"
              + " 'InstanceCount': 1, 'VolumeSizeInGB': 10}}, 'AppSpecification': {'ImageUri':"
              + " 'any', 'ContainerEntrypoint': ['/bin/sh', '-c', 'head -n 1 $1/shard-0.csv >"
              + " $OUT/first.csv; echo hello > /opt/ml/output/message', 'sh'],"
              + " 'ContainerArguments': ['/opt/ml/processing/in']}, 'Environment': {'OUT':"
              + " '/opt/ml/processing/out'}, 'ProcessingInputs': [{'InputName': 'i', 'S3Input':"
              + " {'S3Uri': 's3://data/shards', 'LocalPath': '/opt/ml/processing/in',"
              + " 'S3DataType': 'S3Prefix', 'S3InputMode': 'File'}}], 'ProcessingOutputConfig':"
              + " {'Outputs': [{'OutputName': 'o', 'S3Output': {'S3Uri': 's3://data/made',"
              + " 'LocalPath': '/opt/ml/processing/out', 'S3UploadMode': 'EndOfJob'}}]}}");
      machine.awaitEvent("Processing", "p", "Completed|Failed");
      JsonNode job = machine.call("DescribeProcessingJob", "{'ProcessingJobName': 'p'}");
      assertThat(job.path("ProcessingJobStatus").asText()).isEqualTo("Completed");
      assertThat(job.path("ExitMessage").asText()).isEqualTo("hello");
      assertThat(Files.readAllLines(machine.objects().file("s3://data/made/first.csv")))
          .containsExactly(
              Files.readAllLines(machine.objects().file("s3://data/shards/shard-0.csv"))
                  .getFirst());
    }
  }
}
