package io.warmfold.local.simulation;

import io.warmfold.local.cloud.Calls;
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
 * @param dynamoDb whether the ledger is kept in DynamoDB Local rather than in memory
 * @param calls how the functions make the calls that every fold makes
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
    boolean dynamoDb,
    Calls calls,
    Optional<Path> recording,
    Consumer<Trouble> troubles) {

  public Setup {
    Objects.requireNonNull(work, "work");
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(examples, "examples");
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(conditions, "conditions");
    Objects.requireNonNull(objective, "objective");
    Objects.requireNonNull(calls, "calls");
    Objects.requireNonNull(recording, "recording");
    Objects.requireNonNull(troubles, "troubles");
  }
}
