/**
 * The built-in XGBoost image: its hyperparameters, channels, log lines, model archive and inference
 * answers.
 *
 * <p>The contract was read from the public source of {@code aws/sagemaker-xgboost-container} and
 * the SageMaker developer guide.
 */
package io.warmfold.local.sagemaker.xgboost;
