package io.warmfold.local.sagemaker.instance;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A job's log file; every line also goes to whoever reads metrics from it. Thread-safe. */
final class JobLog implements Consumer<String>, AutoCloseable {

  private final BufferedWriter out;
  private final Consumer<String> reader;

  JobLog(Path file, Consumer<String> reader) throws IOException {
    Files.createDirectories(file.getParent());
    this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    this.reader = reader;
  }

  @Override
  public synchronized void accept(String line) {
    try {
      out.write(line);
      out.newLine();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader.accept(line);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
