package io.warmfold.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what libraries log out of the terminal. */
final class Logs {

  private Logs() {}

  /** Nothing is logged to the console from here on. */
  static void quiet() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
  }

  /** Warnings of libraries, and what no thread has caught, go to {@code warmfold.log}. */
  static void into(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileHandler file = new FileHandler(folder.resolve("warmfold.log").toString(), 4 << 20, 1, true);
    file.setFormatter(new SimpleFormatter());
    file.setLevel(Level.WARNING);
    Logger.getLogger("").addHandler(file);
    Logger own = Logger.getLogger("io.warmfold");
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> own.log(Level.SEVERE, "in thread " + thread.getName(), thrown));
  }
}
