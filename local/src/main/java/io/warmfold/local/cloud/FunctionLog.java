package io.warmfold.local.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The logs of the functions: a file each, of the lines that the function wrote; what was written is
 * in the file at once. Thread-safe.
 */
final class FunctionLog implements AutoCloseable {

  private final Path folder;
  private final Map<String, Writer> files = new HashMap<>();
  private boolean closed;

  FunctionLog(Path folder) {
    this.folder = folder;
  }

  synchronized void write(String function, String line) {
    if (closed) {
      return;
    }
    try {
      Writer file = files.get(function);
      if (file == null) {
        Files.createDirectories(folder);
        file =
            Files.newBufferedWriter(
                folder.resolve(function + ".log"),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        files.put(function, file);
      }
      file.write(line.endsWith("\n") ? line : line + "\n");
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Closes the files; a line that a function writes later, because it outlives its cloud, is
   * dropped: the folder may be somebody else's by then, or be gone.
   */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (Writer file : files.values()) {
      file.close();
    }
    files.clear();
  }
}
