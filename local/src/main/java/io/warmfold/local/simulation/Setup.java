package io.warmfold.local.simulation;

import io.warmfold.local.cloud.Trouble;
import io.warmfold.study.StudyDocument;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is simulated.
 *
 * @param work the folder of the local cloud: objects, logs
 * @param examples the example data, if they are there
 * @param objective not closed with the simulation
 * @param ledger where the ledger is kept
 * @param recording where AWS calls are recorded
 * @param troubles is told what goes wrong where nobody waits for an answer
 */
public record Setup(
    Path work,
    Path template,
    Optional<Path> examples,
    StudyDocument document,
    Conditions conditions,
    Objective objective,
    SimulatedLedger ledger,
    Optional<Path> recording,
    Consumer<Trouble> troubles) {

  public Setup {
    Objects.requireNonNull(work, "work");
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(examples, "examples");
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(conditions, "conditions");
    Objects.requireNonNull(objective, "objective");
    Objects.requireNonNull(ledger, "ledger");
    Objects.requireNonNull(recording, "recording");
    Objects.requireNonNull(troubles, "troubles");
  }
}
