package io.warmfold.local.cli;

import io.warmfold.study.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warmfold run DOCUMENT}. */
@Command(
    name = "run",
    description =
        "Runs a whole study on this machine; an interrupted one goes on where it stopped.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  private final Tools tools;

  @Mixin private CommonOptions options;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the execution (default: made up).")
  private String name;

  @Parameters(paramLabel = "DOCUMENT", description = "The study document, a JSON file.")
  private Path document;

  RunCommand(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws Exception {
    Checked checked = Checked.read(document);
    List<Problem> problems = new LocalChecks(tools.home(), options).ofRun(checked.document());
    if (!problems.isEmpty()) {
      throw Checked.wrong(document, problems);
    }
    if (name != null && !name.matches("[A-Za-z0-9_-]{1,80}")) {
      throw new WrongInputException(
          "--name " + name + ": expected 1 to 80 letters, digits, hyphens or underscores");
    }
    List<CommonOptions.Upload> uploads = options.uploads();
    try (Cloud cloud = tools.opener().open(options)) {
      for (CommonOptions.Upload upload : uploads) {
        cloud.upload(upload.file(), upload.s3Uri());
      }
      tools.interrupts().heed();
      return new StudyRun(tools, cloud, options, checked).run(Optional.ofNullable(name));
    }
  }
}
