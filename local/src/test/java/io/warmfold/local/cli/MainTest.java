package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as they are typed, but for {@code run} and {@code simulate}. */
class MainTest {

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void sitDown() throws IOException {
    terminal = new Terminal(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "run nothing.json",
        "run --nonsense x",
        "frobnicate",
        "",
        "report",
        "up --port 70000",
        "validate nothing.json",
        "run x --upload nowhere",
        "suggest",
        "suggest nothing.json",
        "suggest src",
        "report nothing"
      })
  void answersTwoToWrongInput(String arguments) {
    assertThat(terminal.warmfold(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
        .isEqualTo(2);

    assertThat(terminal.err.toString()).startsWith("warmfold: ").doesNotContain("\tat ");
    assertThat(terminal.out.toString()).isEmpty();
  }

  @Test
  void aFileIsNoFolderToWorkIn() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(
            terminal.warmfold(
                "run", Snapshots.DOCUMENT.toString(), "--work", file.resolve("below").toString()))
        .isEqualTo(2);

    assertThat(terminal.err.toString()).contains("expected a folder; " + file + " is none");
  }

  @Test
  void theBuiltInImageIsNotMappedToACommand() {
    assertThat(
            terminal.warmfold(
                "run", Snapshots.DOCUMENT.toString(), "--image", "1.ecr/sagemaker-xgboost:1=true"))
        .isEqualTo(2);

    assertThat(terminal.err.toString()).contains("this machine runs sagemaker-xgboost itself");
  }

  @Test
  void namesLineAndColumnOfBrokenJson() throws IOException {
    Path broken =
        Files.writeString(folder.resolve("broken.json"), "{\n  \"StudyName\": \"x\",,\n}");

    assertThat(terminal.warmfold("validate", broken.toString())).isEqualTo(2);

    assertThat(terminal.err.toString()).contains("broken.json:2:20: not valid JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{\"a\": 1, \"a\": 2}", ""})
  void takesOnlyOneWholeDocument(String text) throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), text);

    assertThat(terminal.warmfold("validate", broken.toString())).isEqualTo(2);
  }

  @Test
  void validatesADocument() {
    assertThat(terminal.warmfold("validate", Snapshots.DOCUMENT.toString())).isEqualTo(0);

    assertThat(terminal.out.toString()).contains("4 trials × 3 folds = 12 fold jobs on 2 slots");
    assertThat(terminal.cloud.started).isEmpty();
  }

  @Test
  void listsAllProblemsAsJson() throws IOException {
    Path wrong = folder.resolve("wrong.json");
    Files.writeString(
        wrong,
        Files.readString(Snapshots.DOCUMENT)
            .replace("\"Folds\": 3", "\"Folds\": 1")
            .replace("\"Minimize\"", "\"Smallest\""));

    assertThat(terminal.warmfold("validate", wrong.toString(), "--json")).isEqualTo(2);

    JsonNode answer = new ObjectMapper().readTree(terminal.out.toString());
    assertThat(answer.path("Valid").asBoolean(true)).isFalse();
    assertThat(answer.path("Problems").findValuesAsText("Pointer"))
        .contains(
            "/CrossValidation/Folds",
            "/HyperParameterTuningJobConfig/HyperParameterTuningJobObjective/Type");
  }

  @Test
  void reportsARunningStudy() throws IOException {
    Files.createDirectories(Path.of(terminal.work));
    terminal.cloud.folds = 5;

    assertThat(terminal.warmfold("report", "quick", "--work", terminal.work)).isEqualTo(0);

    Path page = Path.of(terminal.out.toString().strip());
    assertThat(Files.readString(page)).contains("The study is not over: 1 of at most 4 trials");
  }

  @Test
  void reportsWhatIsThereWhileAnotherProcessRunsTheStudy() throws IOException {
    Files.createDirectories(Path.of(terminal.work));
    terminal.cloud.folds = 5;
    terminal.warmfold("report", "quick", "--work", terminal.work);
    terminal.opener =
        options -> {
          throw new FolderInUseException("in use by process 7", null);
        };
    terminal.out.getBuffer().setLength(0);

    assertThat(terminal.warmfold("report", "quick", "--work", terminal.work, "--json"))
        .isEqualTo(0);
    assertThat(new ObjectMapper().readTree(terminal.out.toString()).path("Status").asText())
        .isEqualTo("Running");
    assertThat(terminal.run()).isEqualTo(2);
    assertThat(terminal.err.toString()).contains("in use by process 7");
  }

  @Test
  void waitsForAReportWhoseFirstWritingIsNotOver() throws IOException {
    Path page = Path.of(terminal.work, "reports", "quick", "report.html");
    Files.createDirectories(page.getParent());
    Files.writeString(page, "");
    terminal.opener =
        options -> {
          throw new FolderInUseException("in use by process 7", null);
        };

    assertThat(terminal.warmfold("report", "quick", "--work", terminal.work)).isEqualTo(2);

    assertThat(terminal.err.toString()).contains("in use by process 7");
  }

  @Test
  void staysUpUntilItIsInterrupted() {
    terminal.interrupts.request();

    assertThat(terminal.warmfold("up", "--work", terminal.work)).isEqualTo(130);

    assertThat(terminal.out.toString())
        .contains(
            "export AWS_ENDPOINT_URL=http://127.0.0.1:4566", terminal.cloud.stateMachineArn());
    assertThat(terminal.cloud.closed).isTrue();
  }

  @Test
  void tellsWhatIsWrongWithAFileOnce() {
    terminal.warmfold("suggest", "nothing.json");

    assertThat(terminal.err.toString()).isEqualTo("warmfold: nothing.json: no such file\n");
  }

  @Test
  void aBrokenInstallationIsAFailureThatIsTold() {
    terminal.opener =
        options -> {
          throw new NoClassDefFoundError("io/warmfold/Gone");
        };

    assertThat(terminal.run()).isEqualTo(1);

    assertThat(terminal.err.toString())
        .contains("warmfold: java.lang.NoClassDefFoundError: io/warmfold/Gone");
  }

  @Test
  void aBugWithoutAMessageHasItsName() {
    terminal.opener =
        options -> {
          throw new NullPointerException();
        };

    assertThat(terminal.run()).isEqualTo(1);

    assertThat(terminal.err.toString()).contains("warmfold: NullPointerException. The whole story");
  }

  @Test
  void keepsTheStackTraceOfABugInAFile() throws IOException {
    terminal.opener =
        options -> {
          throw new IllegalStateException("a bug");
        };

    assertThat(terminal.run()).isEqualTo(1);

    assertThat(terminal.err.toString()).contains("a bug", "error.log").doesNotContain("\tat ");
    assertThat(Files.readString(Path.of(terminal.work, "logs", "error.log")))
        .contains("\tat io.warmfold");
  }
}
