package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.JobRow;
import io.warmfold.model.ModelPackages;
import io.warmfold.model.Registry;
import io.warmfold.study.GiveUpException;

/** Registers the model of the final training. */
public final class Registration {

  private final Parts parts;
  private final Registry registry;
  private final Files files;

  public Registration(Parts parts, Registry registry, Files files) {
    this.parts = parts;
    this.registry = registry;
    this.files = files;
  }

  /**
   * Registers the model once; asking again gives the same version.
   *
   * @throws io.warmfold.study.NotOwnerException if the study is not this execution's
   * @throws GiveUpException if there is no model
   */
  public ObjectNode register(String study, String execution) {
    var row = parts.ledger().requireOpen(study, execution);
    var arn = row.modelPackageArn();
    return JsonNodeFactory.instance
        .objectNode()
        .put("ModelPackageArn", arn.isPresent() ? arn.get() : registerNow(study));
  }

  private String registerNow(String study) {
    var row = parts.ledger().find(study).orElseThrow();
    var document = parts.ledger().document(study);
    var best =
        parts
            .ledger()
            .trials()
            .find(
                study,
                row.best().orElseThrow(() -> new GiveUpException("No trial has been selected.")))
            .orElseThrow();
    var artifacts =
        JobBodies.finalTraining(parts, row)
            .flatMap(JobRow::artifacts)
            .orElseThrow(() -> new GiveUpException("The final training has left no model."));
    files.put(
        parts.place().key(document, study) + "evaluation.json",
        "application/json",
        ModelPackages.evaluation(document, study, best).toPrettyString());
    registry.ensureGroup(ModelPackages.group(document));
    var arn =
        registry.register(
            ModelPackages.version(
                document,
                study,
                best,
                artifacts,
                parts.place().s3(document, study) + "evaluation.json"));
    parts.ledger().studies().registered(study, arn);
    parts.log().with("study", study).info("registered " + arn);
    return arn;
  }
}
