package io.warmfold.study;

/** What is known of SageMaker's own XGBoost image. */
final class BuiltInXgboost {

  private BuiltInXgboost() {}

  /** Whether the last part of the image's repository is {@code sagemaker-xgboost}. */
  static boolean isImage(String uri) {
    var repository = uri.replaceFirst("@sha256:.*$", "").replaceFirst(":[^/:]*$", "");
    return repository.substring(repository.lastIndexOf('/') + 1).equals("sagemaker-xgboost");
  }
}
