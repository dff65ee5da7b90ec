package io.warmfold.job;

import io.warmfold.study.StudyDocument;

/**
 * Where a study lives: the stack's bucket and roles, and the names derived from them.
 *
 * @param bucket of shards, models and reports
 * @param prefix of job names
 * @param trainingRole that jobs get unless the document names one
 */
public record StudyPlace(String bucket, String prefix, String trainingRole) {

  /** The S3 prefix of everything that a study writes, with a slash at its end. */
  public String s3(StudyDocument document, String study) {
    return "s3://" + bucket + "/" + key(document, study);
  }

  /** {@link #s3} without the bucket. */
  public String key(StudyDocument document, String study) {
    return "studies/" + document.studyName() + "/" + study + "/";
  }

  /** Where training jobs write their models. */
  public String models(StudyDocument document, String study) {
    var output = document.training().outputDataConfig();
    return output == null || output.s3OutputPath() == null
        ? s3(document, study) + "models/"
        : output.s3OutputPath();
  }

  /** Where the batch transform writes its predictions. */
  public String predictions(StudyDocument document, String study) {
    return document
        .batchTransform()
        .map(transform -> transform.transformOutput().s3OutputPath())
        .filter(path -> path != null)
        .orElseGet(() -> s3(document, study) + "transform/");
  }
}
