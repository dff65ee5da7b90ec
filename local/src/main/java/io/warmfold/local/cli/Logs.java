package io.warmfold.local.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what libraries log out of the terminal. */
final class Logs {

  // The log manager forgets a logger that nobody holds.
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OWN = Logger.getLogger("io.warmfold");

  private static final int MOST_BYTES = 4 << 20;

  private Logs() {}

  /** Nothing is logged to the console from here on. */
  static void quiet() {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
  }

  /**
   * Lets warnings of libraries, and what no thread has caught, go to {@code warmfold.log}.
   *
   * @param folder is made if need be
   * @param uncaught is told as well of what no thread has caught, by that thread
   * @return ends it and puts back what was before
   */
  static Closeable into(Path folder, Consumer<Throwable> uncaught) throws IOException {
    Files.createDirectories(folder);
    FileHandler file =
        new FileHandler(folder.resolve("warmfold.log").toString(), MOST_BYTES, 1, true);
    file.setFormatter(new SimpleFormatter());
    file.setLevel(Level.WARNING);
    ROOT.addHandler(file);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          OWN.log(Level.SEVERE, "in thread " + thread.getName(), thrown);
          uncaught.accept(thrown);
        });
    return () -> {
      Thread.setDefaultUncaughtExceptionHandler(before);
      ROOT.removeHandler(file);
      file.close();
    };
  }
}
