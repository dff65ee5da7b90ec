package io.warmfold.local.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Asks {@code stty} how wide the terminal is, at most every two seconds. */
final class TerminalWidth implements IntSupplier {

  private static final int USUAL = 80;

  private final Map<String, String> environment;
  private long askedAt;
  private int width;

  TerminalWidth(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public synchronized int getAsInt() {
    long now = System.nanoTime();
    if (width == 0 || now - askedAt > 2_000_000_000L) {
      askedAt = now;
      width = ask();
    }
    return width;
  }

  private int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0) {
        return positive(size.trim().replaceFirst("^\\d+ ", ""));
      }
    } catch (IOException noTerminal) {
      // As good as not knowing.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return positive(environment.getOrDefault("COLUMNS", ""));
  }

  private static int positive(String number) {
    return number.matches("[1-9]\\d{0,4}") ? Integer.parseInt(number) : USUAL;
  }
}
