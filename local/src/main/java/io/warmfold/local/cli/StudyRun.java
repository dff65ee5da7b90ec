package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.report.ResultDocument;
import io.warmfold.report.StudyFacts;
import io.warmfold.report.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One execution of a study, from its start to its end or to Ctrl-C. For one thread. */
final class StudyRun {

  private static final Duration MOST_REST = Duration.ofSeconds(2);
  private static final Duration REPORT = Duration.ofSeconds(15);
  private static final Duration STOPPING = Duration.ofSeconds(10);

  /** Errors that mean the document or its data. */
  private static final Set<String> WRONG_INPUT =
      Set.of("InputRefused", "io.warmfold.study.FixInputException");

  private final Tools tools;
  private final Cloud cloud;
  private final CommonOptions options;
  private final Checked checked;
  private final Display display;
  private final ReportFiles reports;
  private final Instant begun = Instant.now();
  private Instant reported = begun;

  StudyRun(Tools tools, Cloud cloud, CommonOptions options, Checked checked) {
    this.tools = tools;
    this.cloud = cloud;
    this.options = options;
    this.checked = checked;
    this.display = Display.on(tools.console());
    this.reports = new ReportFiles(options.work());
  }

  /** Whether an error of an execution means the document or its data. */
  static boolean wrongInput(String error) {
    return WRONG_INPUT.contains(error);
  }

  /** Runs the study and answers the exit code. */
  int run(Optional<String> name) throws IOException {
    greet();
    String execution = cloud.start(checked.json(), name);
    try {
      Cloud.Execution end = watch(execution);
      return switch (end) {
        case Cloud.Execution.Running _ -> interrupted(execution);
        case Cloud.Execution.Succeeded(var output) -> succeeded(output);
        case Cloud.Execution.Failed(var error, var cause) -> failed(execution, error, cause);
        case Cloud.Execution.Aborted _ ->
            failed(execution, "Aborted", "The execution was stopped.");
      };
    } finally {
      display.end();
    }
  }

  private void greet() {
    var document = checked.document();
    Optional<StudySnapshot> known = cloud.study(document.studyName());
    boolean goesOn =
        known
            .filter(
                study ->
                    study.study().outcome().filter(StudyOutcome.SUCCEEDED::equals).isEmpty()
                        && study.study().documentHash().equals(document.contentHash()))
            .isPresent();
    if (goesOn) {
      Progress progress = Progress.of(known.get(), begun);
      display.say(
          "Going on with study "
              + document.studyName()
              + ": "
              + progress.trialsDone()
              + " of "
              + Words.count(progress.trialsPlanned(), "trial")
              + " are done.");
    } else {
      display.say("Study " + document.studyName() + ": at most " + checked.size() + ".");
    }
  }

  /** Looks until the execution ends, or somebody interrupts: then it answers Running. */
  private Cloud.Execution watch(String execution) throws IOException {
    while (true) {
      long before = System.nanoTime();
      // First the execution, then the ledger: an ended one has all its rows.
      Cloud.Execution state = cloud.execution(execution);
      Optional<StudySnapshot> study = own(execution);
      sayTroubles();
      study.ifPresent(snapshot -> display.show(Progress.of(snapshot, begun)));
      if (!(state instanceof Cloud.Execution.Running)) {
        return state;
      }
      if (study.isPresent()) {
        reportNowAndThen(study.get());
      }
      // A large study takes longer to read; looking must not take the machine from the training.
      Duration cost = Duration.ofNanos(System.nanoTime() - before).multipliedBy(5);
      Duration rest = cost.compareTo(MOST_REST) > 0 ? MOST_REST : cost;
      if (tools.interrupts().await(rest.compareTo(tools.look()) > 0 ? rest : tools.look())) {
        return new Cloud.Execution.Running();
      }
    }
  }

  private void sayTroubles() {
    for (Optional<String> line = cloud.trouble(); line.isPresent(); line = cloud.trouble()) {
      display.say(Summary.printable(line.get()));
    }
  }

  private Optional<StudySnapshot> own(String execution) {
    return cloud
        .study(checked.document().studyName())
        .filter(snapshot -> snapshot.study().owner().equals(execution));
  }

  private void reportNowAndThen(StudySnapshot snapshot) throws IOException {
    if (Duration.between(reported, Instant.now()).compareTo(REPORT) > 0) {
      reports.write(snapshot, cloud.locations(snapshot));
      reported = Instant.now();
    }
  }

  private int succeeded(JsonNode output) {
    Optional<StudySnapshot> study = cloud.study(checked.document().studyName());
    if (study.isEmpty()) {
      throw new IllegalStateException("the study has ended, and the ledger does not know it");
    }
    tell(study.get(), output);
    return Exit.DONE;
  }

  private int failed(String execution, String error, String cause) throws IOException {
    display.end();
    Optional<StudySnapshot> study = own(execution);
    boolean wrongInput =
        WRONG_INPUT.contains(error)
            || study.flatMap(s -> s.study().error()).filter(WRONG_INPUT::contains).isPresent();
    if (study.isEmpty()) {
      throw wrongInput
          ? new WrongInputException(Causes.message(cause))
          : new StudyFailedException(error, Causes.message(cause));
    }
    reports.write(study.get(), cloud.locations(study.get()));
    tell(study.get(), ResultDocument.of(study.get(), cloud.locations(study.get())));
    tools.console().say("warmfold: " + Summary.printable(Causes.told(error, cause)));
    return wrongInput ? Exit.WRONG_INPUT : Exit.FAILED;
  }

  private void tell(StudySnapshot study, JsonNode result) {
    display.end();
    if (options.json()) {
      tools.console().out().println(result.toPrettyString());
    } else {
      List<String> lines =
          Summary.lines(StudyFacts.of(study), result, uri -> fromHere(cloud.file(uri)));
      lines.forEach(tools.console().out()::println);
    }
    tools.console().out().flush();
  }

  /** A path as one would type it here, if it is below here. */
  private static Path fromHere(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file != null && file.startsWith(here) ? here.relativize(file) : file;
  }

  private int interrupted(String execution) throws IOException {
    display.say("Stopping; the jobs in flight are told to end.");
    cloud.stop(execution);
    boolean clear = false;
    for (Instant end = Instant.now().plus(STOPPING);
        !clear && Instant.now().isBefore(end);
        clear = isClear(execution)) {
      pause();
    }
    Optional<StudySnapshot> study = own(execution);
    if (study.isPresent()) {
      reports.write(study.get(), cloud.locations(study.get()));
      Progress progress = Progress.of(study.get(), begun);
      display.say(
          "Stopped: "
              + progress.trialsDone()
              + " of "
              + Words.count(progress.trialsPlanned(), "trial")
              + " are done"
              + (clear ? "" : ", though some jobs have not said that they ended")
              + ". The same command goes on from here; the report so far is "
              + reports.page(checked.document().studyName())
              + ".");
      if (options.json()) {
        tools
            .console()
            .out()
            .println(ResultDocument.of(study.get(), cloud.locations(study.get())).toPrettyString());
        tools.console().out().flush();
      }
    } else {
      display.say("Stopped before the study began.");
    }
    return Exit.INTERRUPTED;
  }

  private boolean isClear(String execution) {
    return own(execution)
        .map(
            snapshot ->
                snapshot.study().outcome().isPresent()
                    && snapshot.jobs().stream().allMatch(job -> job.outcome().isPresent()))
        .orElse(true);
  }

  private void pause() {
    try {
      Thread.sleep(tools.look());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
