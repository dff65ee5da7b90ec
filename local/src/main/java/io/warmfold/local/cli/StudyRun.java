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

/** One execution of a study, from its start to its end or to Ctrl-C. For one thread. */
final class StudyRun {

  /** What an interrupted run says when there is nothing to go on with. */
  static final String NOTHING_BEGAN = "Stopped before anything began.";

  private static final Duration MOST_REST = Duration.ofSeconds(2);
  private static final Duration REPORT = Duration.ofSeconds(15);
  private static final Duration STOPPING = Duration.ofSeconds(10);

  private final Tools tools;
  private final Cloud cloud;
  private final CommonOptions options;
  private final Checked checked;
  private final Display display;
  private final ReportFiles reports;
  private final Instant begun;
  private Instant reported;
  private boolean unreportable;

  StudyRun(Tools tools, Cloud cloud, CommonOptions options, Checked checked) {
    this.tools = tools;
    this.cloud = cloud;
    this.options = options;
    this.checked = checked;
    this.display = Display.on(tools.console());
    this.reports = new ReportFiles(options.work());
    this.begun = tools.clock().instant();
    this.reported = begun;
  }

  /**
   * Runs the study and answers the exit code.
   *
   * @param name of the execution; by default one is made up
   * @throws WrongInputException if the study refuses its data before the ledger knows it
   * @throws StudyFailedException if it fails otherwise before the ledger knows it
   */
  int run(Optional<String> name) {
    if (tools.interrupts().requested()) {
      display.say(NOTHING_BEGAN);
      return Exit.INTERRUPTED;
    }
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
  private Cloud.Execution watch(String execution) {
    while (true) {
      long before = System.nanoTime();
      // First the execution, then the ledger: an ended one has all its rows.
      Cloud.Execution state = cloud.execution(execution);
      Optional<StudySnapshot> study = own(execution);
      cloud.troubles().forEach(display::say);
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

  private Optional<StudySnapshot> own(String execution) {
    return cloud
        .study(checked.document().studyName())
        .filter(snapshot -> snapshot.study().owner().equals(execution));
  }

  private void reportNowAndThen(StudySnapshot snapshot) {
    if (Duration.between(reported, tools.clock().instant()).compareTo(REPORT) > 0) {
      report(snapshot);
      reported = tools.clock().instant();
    }
  }

  /**
   * Writes the report. That it cannot be written is said once and is no reason to lose a study.
   *
   * @return whether it is written
   */
  private boolean report(StudySnapshot snapshot) {
    try {
      reports.write(snapshot, cloud.locations(snapshot));
      return true;
    } catch (IOException e) {
      if (!unreportable) {
        unreportable = true;
        display.say("warning: the report cannot be written: " + Summary.printable(e.toString()));
      }
      return false;
    }
  }

  private int succeeded(JsonNode output) {
    Optional<StudySnapshot> study = cloud.study(checked.document().studyName());
    if (study.isEmpty()) {
      throw new IllegalStateException("the study has ended, and the ledger does not know it");
    }
    // One that was written while the study ran would go on saying that it runs.
    report(study.get());
    tell(study.get(), output);
    return Exit.DONE;
  }

  private int failed(String execution, String error, String cause) {
    display.end();
    Optional<StudySnapshot> study = own(execution);
    boolean wrongInput =
        Causes.blameInput(error)
            || study.flatMap(s -> s.study().error()).filter(Causes::blameInput).isPresent();
    if (study.isEmpty()) {
      throw wrongInput
          ? new WrongInputException(Causes.message(cause))
          : new StudyFailedException(error, Causes.message(cause));
    }
    report(study.get());
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

  private int interrupted(String execution) {
    display.say("Stopping; the jobs in flight are told to end.");
    cloud.stop(execution);
    boolean clear = false;
    for (Instant end = tools.clock().instant().plus(STOPPING);
        !clear && tools.clock().instant().isBefore(end);
        clear = isClear(execution)) {
      pause();
    }
    if (cloud.execution(execution) instanceof Cloud.Execution.Succeeded(var output)) {
      return succeeded(output); // It was over before it could be stopped.
    }
    Optional<StudySnapshot> study = own(execution);
    if (study.isPresent()) {
      boolean written = report(study.get());
      Progress progress = Progress.of(study.get(), begun);
      display.say(
          "Stopped: "
              + progress.trialsDone()
              + " of "
              + Words.count(progress.trialsPlanned(), "trial")
              + " are done"
              + (clear ? "" : ", though some jobs have not said that they ended")
              + ". The same command goes on from here"
              + (written
                  ? "; the report so far is " + reports.page(checked.document().studyName())
                  : "")
              + ".");
      if (options.json()) {
        tools
            .console()
            .out()
            .println(ResultDocument.of(study.get(), cloud.locations(study.get())).toPrettyString());
        tools.console().out().flush();
      }
    } else {
      display.say(NOTHING_BEGAN);
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
