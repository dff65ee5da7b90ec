package io.warmfold.local.sagemaker.xgboost;

import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Data that is evaluated every round. */
final class Evaluated {

  private final DMatrix matrix;
  private final float[] labels;

  /**
   * Hands rows to XGBoost.
   *
   * @param columns the columns that the matrix has at least
   */
  Evaluated(Rows rows, int columns) throws XGBoostError {
    this.matrix = rows.matrix(columns);
    this.labels = rows.labels();
  }

  DMatrix matrix() {
    return matrix;
  }

  /** A metric that the image computes itself. */
  double compute(String metric, ml.dmlc.xgboost4j.java.Booster booster)
      throws XGBoostError, UserError {
    return ComputedMetrics.ofNumbers(metric)
        ? ComputedMetrics.ofNumbers(metric, labels, booster.predict(matrix, false))
        : ComputedMetrics.ofClasses(metric, labels, booster.predict(matrix, true));
  }
}
