package io.warmfold.local.sagemaker.instance;

import java.io.IOException;

/** A container that runs in a worker. */
interface Container {

  /** Runs it to its end and returns its exit code. */
  int run() throws IOException, InterruptedException;

  /** Asks it to end, as SIGTERM does; callable from another thread, before and after it ran. */
  void stop();

  /** Ends it, and everything that it started, at once. */
  void kill();
}
