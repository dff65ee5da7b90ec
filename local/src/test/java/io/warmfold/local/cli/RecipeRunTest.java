package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmfold.local.simulation.Conditions;
import io.warmfold.local.simulation.Objective;
import io.warmfold.local.simulation.ObjectiveException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RecipeRunTest {

  private final Interrupts interrupts = new Interrupts();
  private final StringWriter err = new StringWriter();

  private int run(Objective objective) {
    Console console =
        new Console(
            new PrintWriter(new StringWriter()), new PrintWriter(err), false, false, () -> 80);
    Tools tools =
        new Tools(
            console,
            options -> {
              throw new IllegalStateException("a recipe needs no cloud");
            },
            new Home(Path.of("..")),
            interrupts,
            Duration.ZERO,
            InstantSource.system());
    return RecipeRun.run(
        tools,
        Checked.read(Snapshots.DOCUMENT).document(),
        objective,
        Conditions.standard(1),
        true,
        false);
  }

  @Test
  void anObjectiveThatEndsByCtrlCIsNotToBlame() {
    assertThat(
            run(
                (hyperParameters, fold, seed) -> {
                  interrupts.request();
                  throw new ObjectiveException("the objective ended with exit code 130");
                }))
        .isEqualTo(130);
    assertThat(err.toString()).isEqualTo("Stopped before the recipe was over.\n");
  }

  @Test
  void anObjectiveThatEndsByItselfIs() {
    assertThatThrownBy(
            () ->
                run(
                    (hyperParameters, fold, seed) -> {
                      throw new ObjectiveException("the objective ended with exit code 1");
                    }))
        .isInstanceOf(ObjectiveException.class);
  }
}
