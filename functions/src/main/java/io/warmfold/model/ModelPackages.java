package io.warmfold.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;

/** The requests that register a study's model, in the shape of SageMaker's API. Pure. */
public final class ModelPackages {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ModelPackages() {}

  /** CreateModelPackageGroup. */
  public static ObjectNode group(StudyDocument document) {
    return NODES
        .objectNode()
        .put("ModelPackageGroupName", document.model().modelPackageGroupName())
        .put("ModelPackageGroupDescription", "Models that Warmfold tuned by cross-validation.");
  }

  /**
   * CreateModelPackage.
   *
   * @param artifacts the archive of the final training
   * @param evaluationUri where {@link #evaluation} was put
   */
  public static ObjectNode version(
      StudyDocument document, String study, Trial best, String artifacts, String evaluationUri) {
    var model = document.model();
    var request =
        NODES
            .objectNode()
            .put("ModelPackageGroupName", model.modelPackageGroupName())
            .put("ModelApprovalStatus", model.modelApprovalStatus())
            .put("ClientToken", "warmfold-" + study)
            .put(
                "ModelPackageDescription",
                model.modelPackageDescription() != null
                    ? description(model.modelPackageDescription())
                    : "Study "
                        + document.studyName()
                        + ": trial "
                        + best.number()
                        + " of a "
                        + document.folds()
                        + "-fold cross-validation, trained on all the data.");
    var inference = request.putObject("InferenceSpecification");
    inference
        .putArray("Containers")
        .addObject()
        .put("Image", model.inferenceImage())
        .put("ModelDataUrl", artifacts);
    inference.putArray("SupportedContentTypes").add(document.data().contentType());
    inference.putArray("SupportedResponseMIMETypes").add("text/csv").add("application/json");
    request
        .putObject("ModelMetrics")
        .putObject("ModelQuality")
        .putObject("Statistics")
        .put("ContentType", "application/json")
        .put("S3Uri", evaluationUri);
    var properties = request.putObject("CustomerMetadataProperties");
    model.customerMetadataProperties().forEach(properties::put);
    properties
        .put("warmfold:study", document.studyName())
        .put("warmfold:key", study)
        .put("warmfold:trial", Integer.toString(best.number()))
        .put("warmfold:metric", property(document.objective().metricName()))
        .put("warmfold:cv-score", Double.toString(best.cvScore(document.folds()).orElseThrow()));
    best.standardError(document.folds())
        .ifPresent(error -> properties.put("warmfold:standard-error", Double.toString(error)));
    return request;
  }

  /**
   * A text as a property may hold it: the names of metrics have more characters than the registry
   * accepts, which would refuse the version after everything has been paid for.
   */
  private static String property(String text) {
    return text.replaceAll("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]", "_");
  }

  /** The same for a description, whose author may have written what no one sees. */
  private static String description(String text) {
    return text.replaceAll("[^\\p{L}\\p{M}\\p{Z}\\p{S}\\p{N}\\p{P}]", " ");
  }

  /** The metrics file of the version: mean, standard error and score of each fold. */
  public static ObjectNode evaluation(StudyDocument document, String study, Trial best) {
    var file = NODES.objectNode().put("version", 1);
    var validation = file.putObject("cross_validation");
    validation
        .put("study", document.studyName())
        .put("study_key", study)
        .put("trial", best.number())
        .put("metric", document.objective().metricName())
        .put("direction", document.direction().label())
        .put("folds", document.folds())
        .put("splitter", document.crossValidation().splitter().label())
        .put("mean", best.cvScore(document.folds()).orElseThrow());
    best.standardError(document.folds())
        .ifPresent(error -> validation.put("standard_error", error));
    var scores = validation.putArray("fold_scores");
    best.scores().values().forEach(scores::add);
    var values = validation.putObject("hyperparameters");
    best.hyperParameters().forEach(values::put);
    return file;
  }
}
