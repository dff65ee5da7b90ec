package io.warmfold.local.cli;

import io.warmfold.local.cloud.Calls;
import io.warmfold.local.cloud.WorkFolderInUseException;
import io.warmfold.local.simulation.Bowl;
import io.warmfold.local.simulation.CommandObjective;
import io.warmfold.local.simulation.Conditions;
import io.warmfold.local.simulation.Objective;
import io.warmfold.local.simulation.ObjectiveException;
import io.warmfold.local.simulation.Setup;
import io.warmfold.local.simulation.Simulation;
import io.warmfold.local.simulation.Surrogates;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warmfold simulate DOCUMENT}. */
@Command(
    name = "simulate",
    description = {
      "Runs a whole study on a virtual clock: the real state machine and functions, with modelled"
          + " jobs. Days take seconds, and the same seed gives the same bytes.",
      "Any image can be simulated, and no data are needed: where the document expects data and"
          + " nothing was put there by --upload, there are made-up rows."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

  /** Where the ledger of a simulated study is kept. */
  enum LedgerKind {
    memory,
    dynamodb
  }

  /** How the calls that every fold makes are made. */
  enum CallKind {
    direct,
    sdk
  }

  /** Where the fold jobs of the published recipe run. */
  enum RecipeKind {
    warm,
    cold
  }

  private final Tools tools;

  @Mixin private CommonOptions options;
  @Mixin private ConditionOptions conditions;

  @Option(
      names = "--ledger",
      paramLabel = "KIND",
      defaultValue = "memory",
      description =
          "memory, which is faster, or dynamodb for DynamoDB Local, where permissions on the table"
              + " are checked as well (default: ${DEFAULT-VALUE}).")
  private LedgerKind ledger;

  @Option(
      names = "--calls",
      paramLabel = "WAY",
      defaultValue = "direct",
      description =
          "direct, which is faster, or sdk, where the AWS SDK makes every call of the functions, as"
              + " on Lambda (default: ${DEFAULT-VALUE}).")
  private CallKind calls;

  @Option(
      names = "--surrogate",
      paramLabel = "NAME",
      completionCandidates = SurrogateNames.class,
      description = {
        "What the jobs come to: a real cross-validation of a real model, of which there are"
            + " ${COMPLETION-CANDIDATES}. Documents for them are in events/simulations"
            + " (default: a made-up bowl in whatever the document tunes)."
      })
  private String surrogate;

  @Option(
      names = "--objective",
      paramLabel = "COMMAND",
      description =
          "A command of your own, started once through the shell. For each line of its standard"
              + " input, such as {\"hyperParameters\":{\"eta\":\"0.1\"},\"fold\":2,\"seed\":9}, it"
              + " answers a line {\"score\":0.31,\"seconds\":118} (seconds may be left out) or"
              + " {\"failed\":\"reason\"}.")
  private String objective;

  @Option(
      names = "--recipe",
      paramLabel = "KIND",
      description =
          "Simulates the published recipe on the document instead, with a coordinator for each"
              + " trial: warm with warm pools, or cold without; docs/recipe.md says what it is.")
  private RecipeKind recipe;

  @Parameters(paramLabel = "DOCUMENT", description = "The study document, a JSON file.")
  private Path document;

  /** For the help. */
  static final class SurrogateNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Surrogates.names().iterator();
    }
  }

  SimulateCommand(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws Exception {
    Checked checked = Checked.read(document);
    Conditions given = conditions.conditions();
    // An objective's command has to end with the process.
    tools.interrupts().heed();
    if (recipe != null) {
      sayWhatTheRecipeIgnores();
    }
    try (Objective answers = objective(checked)) {
      return recipe == null
          ? study(checked, given, answers)
          : RecipeRun.run(
              tools, checked.document(), answers, given, recipe == RecipeKind.warm, options.json());
    } catch (ObjectiveException wrong) {
      throw new WrongInputException(wrong.getMessage());
    }
  }

  private void sayWhatTheRecipeIgnores() {
    List<String> ignored = options.forACloud();
    if (calls == CallKind.sdk) {
      ignored.addFirst("--calls");
    }
    if (ledger == LedgerKind.dynamodb) {
      ignored.addFirst("--ledger");
    }
    if (!ignored.isEmpty()) {
      tools
          .console()
          .say(
              "The recipe is a model without ledger, data and AWS calls; not heeded: "
                  + String.join(", ", ignored));
    }
  }

  private int study(Checked checked, Conditions given, Objective answers) throws Exception {
    List<CommonOptions.Upload> uploads = options.uploads();
    Path work = options.work().resolve("simulation");
    Troubles troubles = new Troubles();
    try (Closeable _ = Logs.into(work.resolve("logs"), troubles::addBug);
        Simulation simulation =
            Simulation.open(
                new Setup(
                    work,
                    tools.home().template(),
                    Optional.of(tools.home().examples()).filter(Files::isDirectory),
                    checked.document(),
                    given,
                    answers,
                    ledger == LedgerKind.dynamodb,
                    calls == CallKind.sdk ? Calls.BY_SDK : Calls.DIRECT,
                    options.recording(),
                    troubles::add))) {
      for (CommonOptions.Upload upload : uploads) {
        simulation.cloud().upload(upload.file(), upload.s3Uri());
      }
      simulation.fillInData();
      return new SimulatedRun(tools, simulation, troubles, options.json(), work, checked).run();
    } catch (WorkFolderInUseException inUse) {
      throw new FolderInUseException(inUse.getMessage(), inUse);
    }
  }

  private Objective objective(Checked checked) {
    if (surrogate != null && objective != null) {
      throw new WrongInputException("--surrogate and --objective exclude each other");
    }
    if (objective != null) {
      return CommandObjective.start(objective);
    }
    return surrogate == null
        ? new Bowl(checked.document())
        : Surrogates.named(surrogate, checked.document());
  }
}
