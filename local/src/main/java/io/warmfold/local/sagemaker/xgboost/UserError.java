package io.warmfold.local.sagemaker.xgboost;

import ml.dmlc.xgboost4j.java.XGBoostError;

/** A fault of the user's, in the image's own words. */
public final class UserError extends Exception {

  private static final long serialVersionUID = 1L;

  UserError(String message) {
    super(message);
  }

  /** XGBoost's message without its stack trace, which would hide the reason in 1024 letters. */
  static String reason(XGBoostError error) {
    String message = String.valueOf(error.getMessage());
    int stack = message.indexOf("Stack trace:");
    return (stack < 0 ? message : message.substring(0, stack)).strip();
  }
}
