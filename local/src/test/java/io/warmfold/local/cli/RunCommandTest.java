package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmfold.local.cloud.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code warmfold run}, as it is typed, to its end or to Ctrl-C. */
class RunCommandTest {

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void sitDown() throws IOException {
    terminal = new Terminal(folder);
  }

  @Test
  void runsAStudyAndSumsItUp() {
    assertThat(terminal.run()).isEqualTo(0);

    assertThat(terminal.cloud.started).containsExactly(Snapshots.json());
    assertThat(terminal.cloud.uploaded).containsExactly("s3://my-data/rows.csv");
    assertThat(terminal.cloud.closed).isTrue();
    assertThat(terminal.out.toString())
        .contains("The study succeeded", "validation:rmse = 0.7", "max_depth = 6");
    assertThat(terminal.err.toString()).contains("trial 0 (1 of 4): 1.01", "best so far");
  }

  @Test
  void printsNothingButTheResultUnderJson() throws IOException {
    assertThat(terminal.run("--json")).isEqualTo(0);

    JsonNode result = new ObjectMapper().readTree(terminal.out.toString());
    assertThat(result.path("Status").asText()).isEqualTo("Succeeded");
    assertThat(result.at("/Best/Trial").asInt()).isEqualTo(3);
  }

  @Test
  void saysThatAStudyFailed() throws IOException {
    terminal.cloud.failure =
        java.util.Optional.of(new Cloud.Execution.Failed("GiveUp", "too many failures"));

    assertThat(terminal.run("--json")).isEqualTo(1);

    assertThat(new ObjectMapper().readTree(terminal.out.toString()).path("Status").asText())
        .isEqualTo("Failed");
    assertThat(terminal.err.toString()).contains("GiveUp: too many failures");
    assertThat(terminal.cloud.closed).isTrue();
  }

  @Test
  void saysOfAFailureWhatItsSentenceSays() {
    terminal.cloud.failure =
        java.util.Optional.of(
            new Cloud.Execution.Failed(
                "io.warmfold.study.GiveUpException",
                "{\"errorMessage\": \"Too many trials failed.\", \"errorType\": \"x\"}"));

    assertThat(terminal.run()).isEqualTo(1);

    assertThat(terminal.err.toString())
        .contains("warmfold: Too many trials failed.")
        .doesNotContain("Exception");
  }

  @Test
  void warnsAtOnceAndOnceOfWhatNobodyWaitsFor() {
    Trouble refused =
        new Trouble.Refused("OnJobStateChange", "states:SendTaskSuccess", "arn:aws:states:one");
    terminal.cloud.atFold3 =
        () -> {
          terminal.cloud.troubles.add(refused);
          terminal.cloud.troubles.add(
              new Trouble.Refused(
                  "OnJobStateChange", "states:SendTaskSuccess", "arn:aws:states:two"));
        };

    assertThat(terminal.run()).isEqualTo(0);

    assertThat(terminal.err.toString())
        .containsOnlyOnce("warning: OnJobStateChange may not states:SendTaskSuccess")
        .contains("its policy in the template does not allow it");
  }

  @Test
  void takesRefusedDataForWrongInput() {
    terminal.cloud.refused = true;
    terminal.cloud.failure =
        java.util.Optional.of(
            new Cloud.Execution.Failed(
                "InputRefused",
                "{\"errorMessage\": \"line 7 has 3 columns\", \"errorType\": \"x\"}"));

    assertThat(terminal.run()).isEqualTo(2);

    assertThat(terminal.err.toString())
        .contains("line 7 has 3 columns")
        .doesNotContain("errorType");
    assertThat(terminal.out.toString()).isEmpty();
  }

  @Test
  void stopsTheStudyWhenItIsInterrupted() {
    terminal.cloud.atFold3 = terminal.interrupts::request;

    assertThat(terminal.run()).isEqualTo(130);

    assertThat(terminal.cloud.stopped).isTrue();
    assertThat(terminal.cloud.closed).isTrue();
    assertThat(terminal.err.toString())
        .contains("Stopped: 1 of 4 trials are done. The same command goes on");
    assertThat(folder.resolve("work/reports/quick/report.html")).exists();
  }

  @Test
  void endsAtOnceByCtrlCWhileItsCloudOpens() {
    terminal.opener =
        options -> {
          terminal.interrupts.shutDown();
          return terminal.cloud;
        };

    assertThat(terminal.run()).isEqualTo(130);

    assertThat(terminal.halts).containsExactly(130);
    assertThat(terminal.cloud.started).isEmpty();
    assertThat(terminal.cloud.closed).isTrue();
    assertThat(terminal.err.toString()).isEqualTo("Stopped before anything began.\n");
  }

  @Test
  void saysThatJobsHaveNotEndedWhenItHasWaitedLongEnough() {
    terminal.cloud.atFold3 = terminal.interrupts::request;
    terminal.cloud.deaf = true;

    assertThat(terminal.run()).isEqualTo(130);

    assertThat(terminal.err.toString()).contains("though some jobs have not said that they ended");
  }

  @Test
  void sumsAStudyUpThatWasOverBeforeItCouldBeStopped() {
    terminal.cloud.atFold3 = terminal.interrupts::request;
    terminal.cloud.overFirst = true;

    assertThat(terminal.run()).isEqualTo(0);

    assertThat(terminal.out.toString()).contains("The study succeeded");
    assertThat(terminal.err.toString()).doesNotContain("goes on from here");
  }

  @Test
  void writesTheReportWhileItRunsAndWhenItIsOver() throws IOException {
    Path page = folder.resolve("work/reports/quick/report.html");
    List<String> pages = new ArrayList<>();
    terminal.cloud.atFold3 = () -> terminal.now = terminal.now.plusSeconds(60);
    terminal.cloud.atFold5 = () -> pages.add(text(page));

    assertThat(terminal.run()).isEqualTo(0);

    assertThat(pages).singleElement().asString().contains("The study is not over");
    assertThat(text(page)).contains("ended 2026-03-01").doesNotContain("The study is not over");
    Path plain = Files.writeString(folder.resolve("plain.html"), "");
    assertThat(Files.getPosixFilePermissions(page)).isEqualTo(Files.getPosixFilePermissions(plain));
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void losesNoStudyForAReportThatCannotBeWritten() throws IOException {
    Files.writeString(Files.createDirectories(Path.of(terminal.work)).resolve("reports"), "a file");
    terminal.cloud.atFold3 = () -> terminal.now = terminal.now.plusSeconds(60);

    assertThat(terminal.run()).isEqualTo(0);

    assertThat(terminal.out.toString()).contains("The study succeeded");
    assertThat(terminal.err.toString()).containsOnlyOnce("warning: the report cannot be written");
  }

  @Test
  void goesOnWithAnInterruptedStudy() {
    terminal.cloud.folds = 4;

    assertThat(terminal.run()).isEqualTo(0);

    assertThat(terminal.err.toString())
        .contains("Going on with study quick: 1 of 4 trials are done.");
  }

  @Test
  void doesNotStartWithoutItsData() {
    assertThat(terminal.warmfold("run", Snapshots.DOCUMENT.toString(), "--work", terminal.work))
        .isEqualTo(2);

    assertThat(terminal.cloud.started).isEmpty();
    assertThat(terminal.err.toString())
        .contains("/Data/S3Uri", "--upload FILE=s3://my-data/rows.csv");
  }

  @Test
  void uploadsNothingOutOfItsBucket() {
    assertThat(terminal.run("--upload", terminal.rows.replace("my-data/", "my-data/../../")))
        .isEqualTo(2);

    assertThat(terminal.cloud.uploaded).isEmpty();
    assertThat(terminal.err.toString()).contains("--upload ", "outside its bucket");
  }

  @Test
  void doesNotStartAnImageThatIsNotHere() throws IOException {
    Path other = folder.resolve("other.json");
    Files.writeString(
        other,
        Files.readString(Snapshots.DOCUMENT)
            .replaceAll(
                "\"683[^\"]*\"",
                "\"my-image:1\", \"MetricDefinitions\": [{\"Name\": \"validation:rmse\", \"Regex\": \"rmse=(.*)\"}]"));

    assertThat(
            terminal.warmfold(
                "run", other.toString(), "--work", terminal.work, "--upload", terminal.rows))
        .isEqualTo(2);
    assertThat(terminal.err.toString())
        .contains(
            "/TrainingJobDefinition/AlgorithmSpecification/TrainingImage", "--image my-image:1=");
    assertThat(
            terminal.warmfold(
                "run",
                other.toString(),
                "--work",
                terminal.work,
                "--upload",
                terminal.rows,
                "--image",
                "my-image=python3 train.py"))
        .isEqualTo(0);
  }
}
