package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmfold.local.cloud.Trouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private final FakeCloud cloud = new FakeCloud();
  private final List<Integer> halts = new ArrayList<>();
  private final Interrupts interrupts = new Interrupts(Duration.ZERO, halts::add);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Cloud.Opener opener = options -> cloud;
  private Instant now = Snapshots.BEGUN;

  @TempDir private Path folder;
  private String rows;
  private String work;

  @BeforeEach
  void data() throws IOException {
    rows = Files.writeString(folder.resolve("rows.csv"), "y,a\n1,2\n") + "=s3://my-data/rows.csv";
    work = folder.resolve("work").toString();
  }

  private int warmfold(String... arguments) {
    Console console =
        new Console(new PrintWriter(out), new PrintWriter(err), false, false, () -> 80);
    return Main.run(
        new Tools(console, opener, new Home(folder), interrupts, Duration.ZERO, this::tick),
        arguments);
  }

  /** The time goes on by a second whenever somebody looks. */
  private Instant tick() {
    now = now.plusSeconds(1);
    return now;
  }

  private int run(String... more) {
    String[] arguments = new String[6 + more.length];
    String[] first = {"run", Snapshots.DOCUMENT.toString(), "--work", work, "--upload", rows};
    System.arraycopy(first, 0, arguments, 0, 6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return warmfold(arguments);
  }

  @Test
  void runsAStudyAndSumsItUp() {
    assertThat(run()).isEqualTo(0);

    assertThat(cloud.started).containsExactly(Snapshots.json());
    assertThat(cloud.uploaded).containsExactly("s3://my-data/rows.csv");
    assertThat(cloud.closed).isTrue();
    assertThat(out.toString())
        .contains("The study succeeded", "validation:rmse = 0.7", "max_depth = 6");
    assertThat(err.toString()).contains("trial 0 (1 of 4): 1.01", "best so far");
  }

  @Test
  void printsNothingButTheResultUnderJson() throws IOException {
    assertThat(run("--json")).isEqualTo(0);

    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.path("Status").asText()).isEqualTo("Succeeded");
    assertThat(result.at("/Best/Trial").asInt()).isEqualTo(3);
  }

  @Test
  void saysThatAStudyFailed() throws IOException {
    cloud.failure =
        java.util.Optional.of(new Cloud.Execution.Failed("GiveUp", "too many failures"));

    assertThat(run("--json")).isEqualTo(1);

    assertThat(new ObjectMapper().readTree(out.toString()).path("Status").asText())
        .isEqualTo("Failed");
    assertThat(err.toString()).contains("GiveUp: too many failures");
    assertThat(cloud.closed).isTrue();
  }

  @Test
  void saysOfAFailureWhatItsSentenceSays() {
    cloud.failure =
        java.util.Optional.of(
            new Cloud.Execution.Failed(
                "io.warmfold.study.GiveUpException",
                "{\"errorMessage\": \"Too many trials failed.\", \"errorType\": \"x\"}"));

    assertThat(run()).isEqualTo(1);

    assertThat(err.toString())
        .contains("warmfold: Too many trials failed.")
        .doesNotContain("Exception");
  }

  @Test
  void warnsAtOnceAndOnceOfWhatNobodyWaitsFor() {
    Trouble refused =
        new Trouble.Refused("OnJobStateChange", "states:SendTaskSuccess", "arn:aws:states:one");
    cloud.atFold3 =
        () -> {
          cloud.troubles.add(refused);
          cloud.troubles.add(
              new Trouble.Refused(
                  "OnJobStateChange", "states:SendTaskSuccess", "arn:aws:states:two"));
        };

    assertThat(run()).isEqualTo(0);

    assertThat(err.toString())
        .containsOnlyOnce("warning: OnJobStateChange may not states:SendTaskSuccess")
        .contains("its policy in the template does not allow it");
  }

  @Test
  void takesRefusedDataForWrongInput() {
    cloud.refused = true;
    cloud.failure =
        java.util.Optional.of(
            new Cloud.Execution.Failed(
                "InputRefused",
                "{\"errorMessage\": \"line 7 has 3 columns\", \"errorType\": \"x\"}"));

    assertThat(run()).isEqualTo(2);

    assertThat(err.toString()).contains("line 7 has 3 columns").doesNotContain("errorType");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void stopsTheStudyWhenItIsInterrupted() {
    cloud.atFold3 = interrupts::request;

    assertThat(run()).isEqualTo(130);

    assertThat(cloud.stopped).isTrue();
    assertThat(cloud.closed).isTrue();
    assertThat(err.toString())
        .contains("Stopped: 1 of 4 trials are done. The same command goes on");
    assertThat(folder.resolve("work/reports/quick/report.html")).exists();
  }

  @Test
  void endsAtOnceByCtrlCWhileItsCloudOpens() {
    opener =
        options -> {
          interrupts.shutDown();
          return cloud;
        };

    assertThat(run()).isEqualTo(130);

    assertThat(halts).containsExactly(130);
    assertThat(cloud.started).isEmpty();
    assertThat(cloud.closed).isTrue();
    assertThat(err.toString()).isEqualTo("Stopped before anything began.\n");
  }

  @Test
  void saysThatJobsHaveNotEndedWhenItHasWaitedLongEnough() {
    cloud.atFold3 = interrupts::request;
    cloud.deaf = true;

    assertThat(run()).isEqualTo(130);

    assertThat(err.toString()).contains("though some jobs have not said that they ended");
  }

  @Test
  void sumsAStudyUpThatWasOverBeforeItCouldBeStopped() {
    cloud.atFold3 = interrupts::request;
    cloud.overFirst = true;

    assertThat(run()).isEqualTo(0);

    assertThat(out.toString()).contains("The study succeeded");
    assertThat(err.toString()).doesNotContain("goes on from here");
  }

  @Test
  void writesTheReportWhileItRunsAndWhenItIsOver() throws IOException {
    Path page = folder.resolve("work/reports/quick/report.html");
    List<String> pages = new ArrayList<>();
    cloud.atFold3 = () -> now = now.plusSeconds(60);
    cloud.atFold5 = () -> pages.add(text(page));

    assertThat(run()).isEqualTo(0);

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
    Files.writeString(Files.createDirectories(Path.of(work)).resolve("reports"), "a file");
    cloud.atFold3 = () -> now = now.plusSeconds(60);

    assertThat(run()).isEqualTo(0);

    assertThat(out.toString()).contains("The study succeeded");
    assertThat(err.toString()).containsOnlyOnce("warning: the report cannot be written");
  }

  @Test
  void goesOnWithAnInterruptedStudy() {
    cloud.folds = 4;

    assertThat(run()).isEqualTo(0);

    assertThat(err.toString()).contains("Going on with study quick: 1 of 4 trials are done.");
  }

  @Test
  void doesNotStartWithoutItsData() {
    assertThat(warmfold("run", Snapshots.DOCUMENT.toString(), "--work", work)).isEqualTo(2);

    assertThat(cloud.started).isEmpty();
    assertThat(err.toString()).contains("/Data/S3Uri", "--upload FILE=s3://my-data/rows.csv");
  }

  @Test
  void uploadsNothingOutOfItsBucket() {
    assertThat(run("--upload", rows.replace("my-data/", "my-data/../../"))).isEqualTo(2);

    assertThat(cloud.uploaded).isEmpty();
    assertThat(err.toString()).contains("--upload ", "outside its bucket");
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

    assertThat(warmfold("run", other.toString(), "--work", work, "--upload", rows)).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "/TrainingJobDefinition/AlgorithmSpecification/TrainingImage", "--image my-image:1=");
    assertThat(
            warmfold(
                "run",
                other.toString(),
                "--work",
                work,
                "--upload",
                rows,
                "--image",
                "my-image=python3 train.py"))
        .isEqualTo(0);
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
    assertThat(warmfold(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);

    assertThat(err.toString()).startsWith("warmfold: ").doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void namesLineAndColumnOfBrokenJson() throws IOException {
    Path broken =
        Files.writeString(folder.resolve("broken.json"), "{\n  \"StudyName\": \"x\",,\n}");

    assertThat(warmfold("validate", broken.toString())).isEqualTo(2);

    assertThat(err.toString()).contains("broken.json:2:20: not valid JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{\"a\": 1, \"a\": 2}", ""})
  void takesOnlyOneWholeDocument(String text) throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), text);

    assertThat(warmfold("validate", broken.toString())).isEqualTo(2);
  }

  @Test
  void validatesADocument() {
    assertThat(warmfold("validate", Snapshots.DOCUMENT.toString())).isEqualTo(0);

    assertThat(out.toString()).contains("4 trials × 3 folds = 12 fold jobs on 2 slots");
    assertThat(cloud.started).isEmpty();
  }

  @Test
  void listsAllProblemsAsJson() throws IOException {
    Path wrong = folder.resolve("wrong.json");
    Files.writeString(
        wrong,
        Files.readString(Snapshots.DOCUMENT)
            .replace("\"Folds\": 3", "\"Folds\": 1")
            .replace("\"Minimize\"", "\"Smallest\""));

    assertThat(warmfold("validate", wrong.toString(), "--json")).isEqualTo(2);

    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.path("Valid").asBoolean(true)).isFalse();
    assertThat(answer.path("Problems").findValuesAsText("Pointer"))
        .contains(
            "/CrossValidation/Folds",
            "/HyperParameterTuningJobConfig/HyperParameterTuningJobObjective/Type");
  }

  @Test
  void reportsARunningStudy() throws IOException {
    Files.createDirectories(Path.of(work));
    cloud.folds = 5;

    assertThat(warmfold("report", "quick", "--work", work)).isEqualTo(0);

    Path page = Path.of(out.toString().strip());
    assertThat(Files.readString(page)).contains("The study is not over: 1 of at most 4 trials");
  }

  @Test
  void reportsWhatIsThereWhileAnotherProcessRunsTheStudy() throws IOException {
    Files.createDirectories(Path.of(work));
    cloud.folds = 5;
    warmfold("report", "quick", "--work", work);
    opener =
        options -> {
          throw new FolderInUseException("in use by process 7", null);
        };
    out.getBuffer().setLength(0);

    assertThat(warmfold("report", "quick", "--work", work, "--json")).isEqualTo(0);
    assertThat(new ObjectMapper().readTree(out.toString()).path("Status").asText())
        .isEqualTo("Running");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("in use by process 7");
  }

  @Test
  void waitsForAReportWhoseFirstWritingIsNotOver() throws IOException {
    Path page = Path.of(work, "reports", "quick", "report.html");
    Files.createDirectories(page.getParent());
    Files.writeString(page, "");
    opener =
        options -> {
          throw new FolderInUseException("in use by process 7", null);
        };

    assertThat(warmfold("report", "quick", "--work", work)).isEqualTo(2);

    assertThat(err.toString()).contains("in use by process 7");
  }

  @Test
  void staysUpUntilItIsInterrupted() {
    interrupts.request();

    assertThat(warmfold("up", "--work", work)).isEqualTo(130);

    assertThat(out.toString())
        .contains("export AWS_ENDPOINT_URL=http://127.0.0.1:4566", cloud.stateMachineArn());
    assertThat(cloud.closed).isTrue();
  }

  @Test
  void tellsWhatIsWrongWithAFileOnce() {
    warmfold("suggest", "nothing.json");

    assertThat(err.toString()).isEqualTo("warmfold: nothing.json: no such file\n");
  }

  @Test
  void aBrokenInstallationIsAFailureThatIsTold() {
    opener =
        options -> {
          throw new NoClassDefFoundError("io/warmfold/Gone");
        };

    assertThat(run()).isEqualTo(1);

    assertThat(err.toString())
        .contains("warmfold: java.lang.NoClassDefFoundError: io/warmfold/Gone");
  }

  @Test
  void aBugWithoutAMessageHasItsName() {
    opener =
        options -> {
          throw new NullPointerException();
        };

    assertThat(run()).isEqualTo(1);

    assertThat(err.toString()).contains("warmfold: NullPointerException. The whole story");
  }

  @Test
  void keepsTheStackTraceOfABugInAFile() throws IOException {
    opener =
        options -> {
          throw new IllegalStateException("a bug");
        };

    assertThat(run()).isEqualTo(1);

    assertThat(err.toString()).contains("a bug", "error.log").doesNotContain("\tat ");
    assertThat(Files.readString(Path.of(work, "logs", "error.log"))).contains("\tat io.warmfold");
  }
}
