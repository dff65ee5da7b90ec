package io.warmfold.local.sagemaker.instance;

import io.warmfold.local.sagemaker.xgboost.XgboostTraining;
import java.io.IOException;

/** The built-in XGBoost as a container: it trains in the worker itself. */
record BuiltInContainer(XgboostTraining training) implements Container {

  @Override
  public int run() throws IOException {
    return training.run();
  }

  @Override
  public void stop() {
    training.stop();
  }

  /** Asks it to stop: the worker, which ends next, takes it along. */
  @Override
  public void kill() {
    training.stop();
  }
}
