package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmfold.local.cloud.Calls;
import io.warmfold.local.simulation.Conditions;
import io.warmfold.local.simulation.Objective;
import io.warmfold.local.simulation.ObjectiveException;
import io.warmfold.local.simulation.Setup;
import io.warmfold.local.simulation.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedRunTest {

  private static final Home HOME = new Home(Path.of("..").toAbsolutePath().normalize());

  @TempDir private Path work;
  private final Interrupts interrupts = new Interrupts();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Objective objective) throws IOException {
    return run(objective, false);
  }

  private int run(Objective objective, boolean json) throws IOException {
    Console console =
        new Console(new PrintWriter(out), new PrintWriter(err), false, false, () -> 80);
    Tools tools =
        new Tools(
            console,
            options -> {
              throw new IllegalStateException("a simulation opens its own cloud");
            },
            HOME,
            interrupts,
            Duration.ofMillis(50),
            InstantSource.system());
    Troubles troubles = new Troubles();
    Checked checked = Checked.read(Snapshots.DOCUMENT);
    try (Simulation simulation =
        Simulation.open(
            new Setup(
                work,
                HOME.template(),
                Optional.empty(),
                checked.document(),
                Conditions.standard(1),
                objective,
                false,
                Calls.DIRECT,
                Optional.empty(),
                troubles::add))) {
      simulation.fillInData();
      return new SimulatedRun(tools, simulation, troubles, json, work, checked).run();
    }
  }

  @Test
  void anObjectiveThatEndsByCtrlCIsNotToBlame() throws IOException {
    int code =
        run(
            (hyperParameters, fold, seed) -> {
              interrupts.request();
              throw new ObjectiveException("the objective ended with exit code 130");
            });

    assertThat(code).isEqualTo(130);
    assertThat(err.toString())
        .contains("Stopped after 3:0", "the report so far is")
        .doesNotContain("the objective");
    assertThat(work.resolve("reports/quick/report.html")).exists();
  }

  @Test
  void anObjectiveThatEndsByItselfIs() {
    assertThatThrownBy(
            () ->
                run(
                    (hyperParameters, fold, seed) -> {
                      throw new ObjectiveException("the objective ended with exit code 1");
                    }))
        .isInstanceOf(ObjectiveException.class)
        .hasMessageContaining("exit code 1");
    assertThat(err.toString()).contains("The report of what was simulated until then is");
    assertThat(work.resolve("reports/quick/report.html")).exists();
  }

  /** Ctrl-C when so many folds have been asked for; what is asked later gets no answer. */
  private Objective interruptedAfter(int folds) {
    AtomicInteger asked = new AtomicInteger();
    return (hyperParameters, fold, seed) -> {
      if (asked.incrementAndGet() > folds) {
        interrupts.request();
        throw new ObjectiveException("the objective ended with exit code 130");
      }
      return new Objective.Answer.Scored(fold + 1.0, OptionalDouble.of(60));
    };
  }

  @Test
  void whatAnInterruptedOneHasFoundOutIsItsResult() throws IOException {
    assertThat(run(interruptedAfter(8), true)).isEqualTo(130);

    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.path("Status").textValue()).isEqualTo("Aborted");
    assertThat(result.path("Error").textValue()).isEqualTo("Interrupted");
    assertThat(result.at("/Trials/Complete").intValue()).isPositive();
    assertThat(result.at("/Best/CvScore").doubleValue()).isEqualTo(2);
    assertThat(result.path("Trajectory")).isNotEmpty();
    assertThat(result.at("/Simulated/Elapsed").doubleValue()).isPositive();
    assertThat(result.at("/Simulated/Breaches")).isEmpty();
    assertThat(err.toString()).contains("Stopped after ").doesNotContain("the objective");
  }

  @Test
  void withoutJsonItPrintsNoResult() throws IOException {
    assertThat(run(interruptedAfter(8))).isEqualTo(130);

    assertThat(out.toString()).isEmpty();
  }
}
