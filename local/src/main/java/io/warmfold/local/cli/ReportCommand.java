package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.ledger.StudySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code warmfold report STUDY}. */
@Command(
    name = "report",
    description = "Makes the report of a study, also of one that is still running.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  private final Tools tools;

  @Mixin private CommonOptions options;

  @Parameters(paramLabel = "STUDY", description = "The name of the study, or its key.")
  private String study;

  ReportCommand(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(options.work())) {
      throw new WrongInputException(
          "There is no folder " + options.work() + ": --work names the folder of the run.");
    }
    ReportFiles files = new ReportFiles(options.work());
    try (Cloud cloud = tools.opener().open(options)) {
      Optional<StudySnapshot> known = cloud.study(study);
      if (known.isEmpty()) {
        throw new WrongInputException(
            "No study in " + options.work() + " has the name or the key " + study + ".");
      }
      JsonNode result = files.write(known.get(), cloud.locations(known.get()));
      tell(files, known.get().study().studyName(), result.toPrettyString());
    } catch (FolderInUseException running) {
      // The process that has the ledger open writes the report every now and then.
      if (!study.matches("[A-Za-z0-9-]+") || !Files.isRegularFile(files.result(study))) {
        throw new WrongInputException(running.getMessage());
      }
      tools
          .console()
          .say(
              "The study may be running; this is its report of "
                  + Files.getLastModifiedTime(files.page(study))
                  + ".");
      tell(files, study, Files.readString(files.result(study)).stripTrailing());
    }
    return Exit.DONE;
  }

  private void tell(ReportFiles files, String name, String result) {
    tools.console().out().println(options.json() ? result : files.page(name).toString());
    tools.console().out().flush();
  }
}
