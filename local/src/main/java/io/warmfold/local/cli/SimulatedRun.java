package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.local.simulation.Breach;
import io.warmfold.local.simulation.Figures;
import io.warmfold.local.simulation.Incumbent;
import io.warmfold.local.simulation.ObjectiveException;
import io.warmfold.local.simulation.Simulation;
import io.warmfold.report.ResultDocument;
import io.warmfold.report.StudyFacts;
import io.warmfold.report.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One simulated study, from its start to its end or to Ctrl-C. For one thread. */
final class SimulatedRun {

  /** Looking reads the whole ledger, which must not take the time from the simulation. */
  private static final int LOOKS_COST = 40;

  /** What a study that is interrupted gets to clear up, in real time. */
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final Tools tools;
  private final Simulation simulation;
  private final Troubles troubles;
  private final boolean json;
  private final Checked checked;
  private final Display display;
  private final ReportFiles reports;

  SimulatedRun(
      Tools tools,
      Simulation simulation,
      Troubles troubles,
      boolean json,
      Path work,
      Checked checked) {
    this.tools = tools;
    this.simulation = simulation;
    this.troubles = troubles;
    this.json = json;
    this.checked = checked;
    this.display = Display.on(tools.console());
    this.reports = new ReportFiles(work);
  }

  /**
   * Simulates the study and answers the exit code.
   *
   * @throws ObjectiveException if the objective cannot answer, and nobody has interrupted it
   * @throws WrongInputException if the study refuses its data before the ledger knows it
   * @throws StudyFailedException if it fails otherwise before the ledger knows it
   */
  int run() throws IOException {
    var document = checked.document();
    if (tools.interrupts().requested()) {
      display.say(StudyRun.NOTHING_BEGAN);
      return Exit.INTERRUPTED;
    }
    display.say("Simulating study " + document.studyName() + ": at most " + checked.size() + ".");
    try (Cloud cloud = new LocalCloudDriver(simulation, troubles)) {
      String execution = cloud.start(checked.json(), Optional.of("simulated"));
      simulation.follow(execution);
      if (!watch(cloud)) {
        return interrupted(cloud, execution);
      }
      Cloud.Execution end = cloud.execution(execution);
      simulation.clearUp();
      cloud.troubles().forEach(display::say);
      return switch (end) {
        case Cloud.Execution.Succeeded(var output) -> succeeded(cloud, output);
        case Cloud.Execution.Failed(var error, var cause) -> failed(cloud, error, cause);
        case Cloud.Execution.Aborted _ -> failed(cloud, "Aborted", "The execution was stopped.");
        case Cloud.Execution.Running _ -> throw new IllegalStateException("it runs and is over");
      };
    } finally {
      display.end();
    }
  }

  /** Lets time go by, with a look now and then; whether the study is over. */
  private boolean watch(Cloud cloud) throws IOException {
    long cost = 0;
    while (!tools.interrupts().requested()) {
      long from = System.nanoTime();
      long rest = Math.max(tools.look().toNanos(), LOOKS_COST * cost);
      boolean over;
      try {
        over =
            simulation.run(() -> System.nanoTime() - from > rest || tools.interrupts().requested());
      } catch (ObjectiveException unanswered) {
        if (tools.interruptedWithObjective()) {
          return false;
        }
        keep(cloud);
        throw unanswered;
      }
      long before = System.nanoTime();
      study(cloud).ifPresent(study -> display.show(Progress.of(study, Simulation.BEGIN)));
      cost = System.nanoTime() - before;
      cloud.troubles().forEach(display::say);
      if (over) {
        return true;
      }
    }
    return false;
  }

  /** Writes down what is known: an objective may have trained for hours before it failed. */
  private void keep(Cloud cloud) throws IOException {
    Optional<StudySnapshot> study = study(cloud);
    if (study.isPresent()) {
      reports.write(study.get(), cloud.locations(study.get()));
      display.say(
          "The report of what was simulated until then is "
              + reports.page(checked.document().studyName())
              + ".");
    }
  }

  private Optional<StudySnapshot> study(Cloud cloud) {
    return cloud.study(checked.document().studyName());
  }

  private int interrupted(Cloud cloud, String execution) throws IOException {
    if (study(cloud).isEmpty()) {
      display.say(StudyRun.NOTHING_BEGAN);
      return Exit.INTERRUPTED;
    }
    Duration elapsed = Duration.between(Simulation.BEGIN, simulation.timeline().instant());
    stop(cloud, execution);
    StudySnapshot study = study(cloud).orElseThrow();
    JsonNode result = reports.write(study, cloud.locations(study));
    display.say(
        "Stopped after "
            + LiveFrame.clock(elapsed)
            + " of the study's time; the report so far is "
            + reports.page(checked.document().studyName())
            + ". A simulation does not go on from there.");
    if (json) {
      Figures figures = simulation.figures();
      print(study, result, figures);
      complain(figures);
    }
    return Exit.INTERRUPTED;
  }

  /** Stops the study as on AWS, so that what is left of it says that it was stopped. */
  private void stop(Cloud cloud, String execution) {
    cloud.stop(execution);
    long begun = System.nanoTime();
    boolean clear = false;
    while (!clear) {
      try {
        simulation.clearUpUnless(() -> System.nanoTime() - begun > STOPPING.toNanos());
        clear = true;
      } catch (ObjectiveException gone) {
        // The one who asked gets no answer and is stopped like the others.
      }
    }
    cloud.troubles().forEach(display::say);
  }

  private int succeeded(Cloud cloud, JsonNode output) {
    StudySnapshot study =
        study(cloud)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the study has ended, and the ledger does not know it"));
    return tell(cloud, study, output);
  }

  private int failed(Cloud cloud, String error, String cause) throws IOException {
    Optional<StudySnapshot> study = study(cloud);
    if (study.isEmpty()) {
      String message = Causes.message(cause);
      throw Causes.blameInput(error)
          ? new WrongInputException(message)
          : new StudyFailedException(error, message);
    }
    reports.write(study.get(), cloud.locations(study.get()));
    tell(cloud, study.get(), ResultDocument.of(study.get(), cloud.locations(study.get())));
    tools.console().say("warmfold: " + Summary.printable(Causes.told(error, cause)));
    boolean wrongInput =
        Causes.blameInput(error)
            || study.flatMap(s -> s.study().error()).filter(Causes::blameInput).isPresent();
    return wrongInput ? Exit.WRONG_INPUT : Exit.FAILED;
  }

  private int tell(Cloud cloud, StudySnapshot study, JsonNode result) {
    display.end();
    Figures figures = simulation.figures();
    if (json) {
      print(study, result, figures);
    } else {
      var out = tools.console().out();
      Summary.lines(StudyFacts.of(study), result, cloud::file).forEach(out::println);
      out.println();
      lines(figures).forEach(out::println);
      out.flush();
    }
    return complain(figures) ? Exit.FAILED : Exit.DONE;
  }

  private void print(StudySnapshot study, JsonNode result, Figures figures) {
    ObjectNode all = result.deepCopy();
    all.set("Simulated", figures.toJson());
    all.set("Trajectory", Incumbent.toJson(simulation.trajectory(study)));
    var out = tools.console().out();
    out.println(all.toPrettyString());
    out.flush();
  }

  /** Names the invariants that are broken, and says whether there are any. */
  private boolean complain(Figures figures) {
    for (Breach breach : figures.breaches()) {
      tools.console().say("warmfold: an invariant is broken: " + breach.text());
    }
    return !figures.breaches().isEmpty();
  }

  private static List<String> lines(Figures figures) {
    var bill = figures.bill();
    return List.of(
        "Simulated    "
            + LiveFrame.clock(seconds(figures.elapsed()))
            + " ("
            + LiveFrame.clock(seconds(figures.tuning()))
            + " until the last fold), at most "
            + Words.count(figures.peakJobs(), "job")
            + " at once",
        String.format(
            Locale.ROOT,
            "Billed       %.0f instance seconds: %.0f training, %.0f starting up, %.0f warm idle",
            bill.total(),
            bill.training(),
            bill.startUp(),
            bill.warmIdle()),
        "Starts       "
            + figures.coldStarts()
            + " cold, "
            + figures.warmStarts()
            + " warm; "
            + Words.count(figures.stateTransitions(), "state transition")
            + ", longest history "
            + Words.count(figures.longestHistory(), "event"));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
