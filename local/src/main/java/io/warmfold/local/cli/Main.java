package io.warmfold.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The command line. Results go to stdout, everything else to stderr; exit codes are 0 done, 1 the
 * study (or Warmfold) failed, 2 the input was wrong, 130 interrupted.
 */
@Command(
    name = "warmfold",
    description = "Hyperparameter tuning by cross-validation, here on this machine.",
    mixinStandardHelpOptions = true,
    version = "warmfold 0.1.0",
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  private static final Duration LOOK = Duration.ofMillis(250);

  private final Tools tools;

  private Main(Tools tools) {
    this.tools = tools;
  }

  @Override
  public void run() {
    throw new ParameterException(commandLine(tools), "Missing command");
  }

  /** Runs the command of the arguments and ends the process. */
  public static void main(String[] arguments) {
    Interrupts interrupts = new Interrupts();
    interrupts.install();
    int code;
    try {
      Logs.quiet();
      Console console = Console.system(System.getenv());
      Home home = Home.ofProcess();
      Tools tools =
          new Tools(
              console, new LocalCloudOpener(home), home, interrupts, LOOK, InstantSource.system());
      code = run(tools, arguments);
      console.out().flush();
      console.err().flush();
    } finally {
      interrupts.over();
    }
    System.exit(code);
  }

  /** Runs a command and answers the exit code; whatever is thrown has been told by then. */
  static int run(Tools tools, String... arguments) {
    PrintWriter err = tools.console().err();
    try {
      return commandLine(tools).execute(arguments);
    } catch (Error broken) {
      err.println("warmfold: " + Summary.printable(broken.toString()) + ".");
      broken.printStackTrace(err);
      err.flush();
      return Exit.FAILED;
    }
  }

  private static CommandLine commandLine(Tools tools) {
    PrintWriter err = tools.console().err();
    CommandLine line = new CommandLine(new Main(tools));
    line.addSubcommand(new RunCommand(tools));
    line.addSubcommand(new SimulateCommand(tools));
    line.addSubcommand(new ValidateCommand(tools));
    line.addSubcommand(new SuggestCommand(tools));
    line.addSubcommand(new UpCommand(tools));
    line.addSubcommand(new ReportCommand(tools));
    line.setOut(tools.console().out());
    line.setErr(err);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            tools.console().color() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler(
        (problem, given) -> {
          err.println("warmfold: " + Summary.printable(problem.getMessage()));
          CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
          err.println(
              "Try: " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          err.flush();
          return Exit.WRONG_INPUT;
        });
    line.setExecutionExceptionHandler((problem, command, parsed) -> explain(problem, command, err));
    return line;
  }

  private static int explain(Exception problem, CommandLine command, PrintWriter err) {
    int code =
        switch (problem) {
          case WrongInputException wrong -> {
            err.println("warmfold: " + Summary.printable(wrong.getMessage()));
            wrong.problems().forEach(p -> err.println("  " + Summary.printable(p.text())));
            yield Exit.WRONG_INPUT;
          }
          case FolderInUseException inUse -> {
            err.println("warmfold: " + Summary.printable(inUse.getMessage()));
            yield Exit.WRONG_INPUT;
          }
          case StudyFailedException failed -> {
            err.println("warmfold: the study failed: " + Summary.printable(failed.getMessage()));
            yield Exit.FAILED;
          }
          default -> {
            String type = problem.getClass().getSimpleName();
            String what =
                problem.getMessage() == null ? type : problem.getMessage() + " (" + type + ")";
            err.println("warmfold: " + Summary.printable(what) + ". " + keep(problem, command));
            yield Exit.FAILED;
          }
        };
    err.flush();
    return code;
  }

  /** Writes the stack trace where it does not frighten anybody. */
  private static String keep(Exception problem, CommandLine command) {
    Path logs =
        command.getCommandSpec().mixins().values().stream()
            .map(mixin -> mixin.userObject())
            .filter(CommonOptions.class::isInstance)
            .map(options -> ((CommonOptions) options).logs())
            .findFirst()
            .orElse(Path.of(".warmfold", "logs"));
    try {
      Path file = Files.createDirectories(logs).resolve("error.log");
      try (PrintWriter trace =
          new PrintWriter(
              Files.newBufferedWriter(
                  file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
        trace.println(Instant.now());
        problem.printStackTrace(trace);
      }
      return "The whole story is in " + file + ".";
    } catch (IOException nowhere) {
      return "Its stack trace could not be kept: " + nowhere.getMessage();
    }
  }
}
