package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmfold.local.simulation.Objective.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandObjectiveTest {

  private static final SortedMap<String, String> VALUES = new TreeMap<>(Map.of("eta", "0.1"));

  @TempDir Path folder;

  private static String answering(String line) {
    return "while read -r line; do echo '" + line + "'; done";
  }

  private static Answer first(String command) {
    try (CommandObjective objective = CommandObjective.start(command)) {
      return objective.answer(VALUES, 2, 9);
    }
  }

  @Test
  void asksALineAndReadsALine() throws IOException {
    Path asked = folder.resolve("asked");
    assertThat(
            first(
                "while read -r line; do echo \"$line\" >>"
                    + asked
                    + "; echo '{\"score\":0.31,\"seconds\":118}'; done"))
        .isEqualTo(new Answer.Scored(0.31, OptionalDouble.of(118)));
    assertThat(asked).hasContent("{\"hyperParameters\":{\"eta\":\"0.1\"},\"fold\":2,\"seed\":9}");
  }

  @Test
  void takesAScoreWithoutSecondsAndAFailure() {
    assertThat(first(answering("{\"score\":-3}")))
        .isEqualTo(new Answer.Scored(-3, OptionalDouble.empty()));
    assertThat(first(answering("{\"failed\":\"out of memory\"}")))
        .isEqualTo(new Answer.Failed("out of memory"));
  }

  @Test
  void asksOnceForEachFoldAndNeverForTheFinalTraining() throws IOException {
    Path asked = folder.resolve("asked");
    String command =
        "n=0; while read -r line; do echo x >>"
            + asked
            + "; n=$((n+1)); echo \"{\\\"score\\\":$n,\\\"seconds\\\":10$n}\"; done";
    try (CommandObjective objective = CommandObjective.start(command)) {
      Answer one = objective.answer(VALUES, 0, 1);
      Answer two = objective.answer(VALUES, 1, 1);
      assertThat(objective.answer(VALUES, 0, 1)).isEqualTo(one);
      assertThat(two).isEqualTo(new Answer.Scored(2, OptionalDouble.of(102)));
      assertThat(objective.answer(VALUES, -1, 1))
          .isEqualTo(new Answer.Scored(1.5, OptionalDouble.of(101.5)));
      assertThat(objective.answer(new TreeMap<>(Map.of("eta", "9")), -1, 1))
          .isEqualTo(new Answer.Scored(0, OptionalDouble.empty()));
    }
    assertThat(Files.readAllLines(asked)).hasSize(2);
  }

  @Test
  void refusesWhatIsNoAnswer() {
    for (String line :
        new String[] {
          "hello",
          "",
          "[1]",
          "{}",
          "{\"score\":\"0.3\"}",
          "{\"score\":NaN}",
          "{\"score\":1e999}",
          "{\"score\":1,\"failed\":\"both\"}",
          "{\"score\":1,\"seconds\":-1}",
          "{\"score\":1,\"seconds\":\"1\"}",
          "{\"score\":1} {\"score\":2}"
        }) {
      assertThatThrownBy(() -> first(answering(line)))
          .as(line)
          .isInstanceOf(ObjectiveException.class)
          .hasMessageContaining("expected one line {\"score\":0.31")
          .hasMessageContaining("\"fold\":2");
    }
  }

  @Test
  void tellsHowAProcessEndedAndItsLastWords() {
    assertThatThrownBy(() -> first("echo 'no module named torch' >&2; read -r line; exit 3"))
        .isInstanceOf(ObjectiveException.class)
        .hasMessageContaining("ended with exit code 3")
        .hasMessageContaining("no module named torch");
    assertThatThrownBy(() -> first("/no/such/command"))
        .isInstanceOf(ObjectiveException.class)
        .hasMessageContaining("ended with exit code 127")
        .hasMessageContaining("/no/such/command");
  }

  @Test
  void refusesALineThatNobodyAskedFor() {
    String command =
        "read -r line; echo '{\"score\":1}'; echo '{\"score\":2}'; exec cat >/dev/null";
    try (CommandObjective objective = CommandObjective.start(command)) {
      objective.answer(VALUES, 0, 1);
      // The second line belongs to no question; it is found out at one of the next ones.
      assertThatThrownBy(
              () -> {
                for (int fold = 1; fold < 1000; fold++) {
                  if (objective.answer(VALUES, fold, 1).equals(new Answer.Failed("never"))) {
                    break;
                  }
                }
              })
          .isInstanceOf(ObjectiveException.class);
    }
  }

  @Test
  void doesNotWaitForever() {
    try (CommandObjective objective =
        CommandObjective.start("exec sleep 1000", Duration.ofMillis(20))) {
      assertThatThrownBy(() -> objective.answer(VALUES, 0, 1))
          .isInstanceOf(ObjectiveException.class)
          .hasMessageContaining("has not answered");
    }
  }

  @Test
  void leavesNoProcessBehind() throws IOException {
    Path pids = folder.resolve("pids");
    String command =
        "sleep 1000 & echo $! >"
            + pids
            + "; echo $$ >>"
            + pids
            + "; read -r line; echo '{\"score\":1}'; wait";
    try (CommandObjective objective = CommandObjective.start(command)) {
      objective.answer(VALUES, 0, 1);
    }
    for (String pid : Files.readAllLines(pids)) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(one -> one.onExit().join());
      assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }
}
