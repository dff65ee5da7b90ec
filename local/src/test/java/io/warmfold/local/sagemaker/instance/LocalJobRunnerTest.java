package io.warmfold.local.sagemaker.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
}
