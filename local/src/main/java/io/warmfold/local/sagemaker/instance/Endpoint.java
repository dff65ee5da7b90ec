package io.warmfold.local.sagemaker.instance;

import java.io.IOException;

/** A model that answers requests. */
interface Endpoint extends AutoCloseable {

  /** Answers one request. */
  String invoke(String body) throws IOException, InterruptedException, JobFailure;

  @Override
  void close() throws IOException;
}
