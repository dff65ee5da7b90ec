package io.warmfold.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Where the command line writes.
 *
 * @param out results, and nothing but the result document under {@code --json}
 * @param err everything for people
 * @param live whether {@code err} is a terminal that can be drawn on
 * @param color whether colours are welcome
 * @param width columns of the terminal at this moment
 */
record Console(PrintWriter out, PrintWriter err, boolean live, boolean color, IntSupplier width) {

  /** The process's own streams. */
  static Console system(Map<String, String> environment) {
    boolean live =
        !environment.containsKey("CI")
            && !"dumb".equals(environment.getOrDefault("TERM", "dumb"))
            && errorsGoToTerminal();
    String noColor = environment.getOrDefault("NO_COLOR", "");
    return new Console(
        new PrintWriter(System.out, true, System.out.charset()),
        new PrintWriter(System.err, true, System.err.charset()),
        live,
        live && noColor.isEmpty(),
        new TerminalWidth(environment));
  }

  // Java knows only whether all of its streams are a terminal, and stdout may well be a file.
  private static boolean errorsGoToTerminal() {
    try {
      return new ProcessBuilder("test", "-t", "2")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchCommand) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A line for people. */
  void say(String line) {
    err.println(line);
    err.flush();
  }
}
