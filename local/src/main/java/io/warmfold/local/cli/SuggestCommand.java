package io.warmfold.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code warmfold suggest SPACE}: the searcher alone, ask and tell as JSON lines. */
@Command(
    name = "suggest",
    description = "The searcher alone: ask and tell as JSON lines on stdin and stdout.",
    mixinStandardHelpOptions = true)
public final class SuggestCommand implements Callable<Integer> {

  private final InputStream in;
  private final OutputStream out;

  @Parameters(
      paramLabel = "SPACE",
      description =
          "JSON with ParameterRanges and HyperParameterTuningJobObjective, and optionally Strategy,"
              + " RandomSeed and CrossValidation.Folds.")
  private Path space;

  /** Talks by the process's own streams. */
  public SuggestCommand() {
    this(System.in, System.out);
  }

  SuggestCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Answers lines until there are none; 2 when the space is wrong. */
  @Override
  public Integer call() throws IOException {
    SuggestSession session;
    try {
      session =
          new SuggestSession(
              SpaceDocument.read(new ObjectMapper().readTree(Files.readString(space))));
    } catch (JsonProcessingException notJson) {
      System.err.println(space + ": " + notJson.getOriginalMessage());
      return 2;
    } catch (IOException | IllegalArgumentException wrong) {
      System.err.println(space + ": " + wrong.getMessage());
      return 2;
    }
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    Writer answers = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        answers.write(session.answer(line) + "\n");
        answers.flush();
      }
    }
    return 0;
  }
}
