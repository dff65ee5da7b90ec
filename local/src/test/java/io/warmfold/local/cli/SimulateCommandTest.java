package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code warmfold simulate}, as it is typed. */
class SimulateCommandTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private final Interrupts interrupts = new Interrupts();

  @TempDir Path folder;

  private int simulate(String work, String... more) {
    String[] arguments = new String[4 + more.length];
    String[] first = {
      "simulate", Snapshots.DOCUMENT.toString(), "--work", folder.resolve(work).toString()
    };
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    Console console =
        new Console(new PrintWriter(out), new PrintWriter(err), false, false, () -> 80);
    return Main.run(
        new Tools(
            console,
            options -> {
              throw new IllegalStateException("a simulation opens its own cloud");
            },
            new Home(HOME),
            interrupts,
            Duration.ofMillis(50),
            InstantSource.system()),
        arguments);
  }

  @Test
  void printsTheResultWithItsFiguresAndNothingElseAndTheSameEachTime() throws Exception {
    assertThat(simulate("a", "--json", "--seed", "9", "--training-spread", "0.5")).isZero();
    String first = out.toString();
    JsonNode result = new ObjectMapper().readTree(first);
    assertThat(result.path("Status").asText()).isEqualTo("Succeeded");
    assertThat(result.at("/Simulated/Elapsed").doubleValue()).isPositive();
    assertThat(result.at("/Simulated/Billed/Total").doubleValue()).isPositive();
    assertThat(result.at("/Simulated/Breaches")).isEmpty();
    assertThat(result.path("Trajectory")).isNotEmpty();
    assertThat(result.at("/Trajectory/0/BilledSeconds").doubleValue()).isPositive();
    assertThat(err.toString()).contains("Simulating study", "best so far");

    out.getBuffer().setLength(0);
    assertThat(simulate("b", "--json", "--seed", "9", "--training-spread", "0.5")).isZero();
    assertThat(out.toString()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--recipe=warm"})
  void anInterruptedOneEndsWithoutAResult(String recipe) {
    interrupts.request();

    assertThat(recipe.isEmpty() ? simulate("a") : simulate("a", recipe)).isEqualTo(130);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("Stopped before");
  }

  @Test
  void saysWhichOptionsTheRecipeDoesNotHeed() {
    assertThat(simulate("a", "--recipe=warm", "--ledger=dynamodb", "--calls=sdk", "--record=x"))
        .isZero();

    assertThat(err.toString()).contains("not heeded: --ledger, --calls, --record");
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void sumsUpForPeople() throws Exception {
    assertThat(simulate("a")).isZero();
    assertThat(out.toString()).contains("The study succeeded", "Simulated ", "Billed ", "Starts ");
    // What a real run would find in its work folder is not a simulation's to write.
    try (var files = Files.list(folder.resolve("a"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("simulation");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--cold-start,-1,seconds from 0",
    "--training-time,NaN,seconds from 0",
    "--event-loss,1,at least 0 and below 1",
    "--capacity-failures,2,at least 0 and below 1",
    "--create-rate,0,above 0",
    "--training-spread,99,from 0 to 10",
    "--seed,x,not a long",
    "--ledger,paper,memory",
    "--calls,post,direct",
    "--record,.,expected a file",
    "--record,pom.xml/calls.jsonl,expected a folder"
  })
  void refusesWhatItCannotSimulate(String option, String value, String expected) {
    assertThat(simulate("a", option, value)).isEqualTo(2);
    assertThat(err.toString()).contains(option).contains(expected);
    assertThat(out.toString()).isEmpty();
  }
}
