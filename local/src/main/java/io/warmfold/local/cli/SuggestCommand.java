package io.warmfold.local.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code warmfold suggest SPACE}: the searcher alone, ask and tell as JSON lines. */
@Command(
    name = "suggest",
    description = "The searcher alone: ask and tell as JSON lines on stdin and stdout.",
    mixinStandardHelpOptions = true)
final class SuggestCommand implements Callable<Integer> {

  private final Tools tools;
  private final InputStream in;

  @Parameters(
      paramLabel = "SPACE",
      description =
          "JSON with ParameterRanges and HyperParameterTuningJobObjective, and optionally Strategy,"
              + " RandomSeed and CrossValidation.Folds.")
  private Path space;

  /** Answers on the console's standard output what the process is asked on its standard input. */
  SuggestCommand(Tools tools) {
    this(tools, System.in);
  }

  SuggestCommand(Tools tools, InputStream in) {
    this.tools = tools;
    this.in = in;
  }

  /** Answers lines until there are none. */
  @Override
  public Integer call() throws IOException {
    SuggestSession session = new SuggestSession(space());
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    PrintWriter answers = tools.console().out();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        answers.print(session.answer(line) + "\n");
        answers.flush();
      }
    }
    return Exit.DONE;
  }

  private SpaceDocument space() {
    try {
      return SpaceDocument.read(Documents.read(space, "a search space"));
    } catch (IllegalArgumentException wrong) {
      throw new WrongInputException(space + ": " + wrong.getMessage());
    }
  }
}
