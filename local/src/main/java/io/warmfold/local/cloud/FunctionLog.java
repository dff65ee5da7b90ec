package io.warmfold.local.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The logs of the functions: a file each, of the lines that the function wrote. Thread-safe. */
final class FunctionLog {

  private final Path folder;

  FunctionLog(Path folder) {
    this.folder = folder;
  }

  synchronized void write(String function, String line) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(function + ".log"),
          line.endsWith("\n") ? line : line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
