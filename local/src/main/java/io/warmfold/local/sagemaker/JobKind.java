package io.warmfold.local.sagemaker;

/** The three kinds of job, which the API names by one scheme. */
public enum JobKind {
  TRAINING("Training", "training-job"),
  PROCESSING("Processing", "processing-job"),
  TRANSFORM("Transform", "transform-job");

  private final String word;
  private final String resource;

  JobKind(String word, String resource) {
    this.word = word;
    this.resource = resource;
  }

  /** What stands before the colon in the last part of an ARN, such as {@code training-job}. */
  public String resource() {
    return resource;
  }

  /** A member of the API's shapes that is named after the kind: {@code TrainingJob} + suffix. */
  public String job(String suffix) {
    return word + "Job" + suffix;
  }

  String startTime() {
    return word + "StartTime";
  }

  String endTime() {
    return word + "EndTime";
  }

  String detailType() {
    return "SageMaker " + word + " Job State Change";
  }

  /** The kind as prose names it, such as {@code training job}. */
  String prose() {
    return word.toLowerCase(java.util.Locale.ROOT) + " job";
  }
}
