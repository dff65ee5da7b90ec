package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.local.cloud.Trouble;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroublesTest {

  private final Troubles troubles = new Troubles();

  @Test
  void whatAnAlgorithmSaysCommandsNoTerminal() {
    troubles.add(
        new Trouble.GivenUp("OnJobStateChange", 3, "x.Error", "\u001b[2Jgone", Optional.empty()));

    assertThat(troubles.take())
        .singleElement()
        .asString()
        .startsWith("warning: OnJobStateChange failed 3 times")
        .doesNotContain("\u001b");
    assertThat(troubles.take()).isEmpty();
  }

  @Test
  void aThreadThatDiesOfABugIsToldAndLogged(@TempDir Path folder) throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    try (Closeable _ = Logs.into(folder.resolve("logs"), troubles::addBug)) {
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    throw new IllegalStateException("no such state");
                  });
      thread.join();
    }

    assertThat(troubles.take())
        .singleElement()
        .asString()
        .contains("Warmfold itself has failed", "no such state", "warmfold.log");
    assertThat(Files.readString(folder.resolve("logs/warmfold.log"))).contains("no such state");
    assertThat(folder.resolve("logs/warmfold.log.lck")).doesNotExist();
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
  }
}
