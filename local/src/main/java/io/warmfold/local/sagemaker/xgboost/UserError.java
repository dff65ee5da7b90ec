package io.warmfold.local.sagemaker.xgboost;

/** A fault of the user's, in the image's own words. */
public final class UserError extends Exception {

  private static final long serialVersionUID = 1L;

  UserError(String message) {
    super(message);
  }
}
