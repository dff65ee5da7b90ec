package io.warmfold.local.sagemaker.instance;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** What an instance does for one job. */
abstract class Work {

  final Order order;
  private final Consumer<String> phases;
  final LongConsumer containers;
  private Container container;
  private boolean stopped;

  /**
   * Makes work that has not begun.
   *
   * @param phases is told every phase, by its secondary status
   * @param containers is told the process id of every container that starts
   */
  Work(Order order, Consumer<String> phases, LongConsumer containers) {
    this.order = order;
    this.phases = phases;
    this.containers = containers;
  }

  /** What was left when the work was done. */
  record Done(Map<String, Float> metrics, Optional<String> exitMessage) {}

  /**
   * Does it all.
   *
   * @throws JobFailure when the job has failed
   */
  abstract Done run() throws IOException, InterruptedException, JobFailure;

  /** The metrics so far, which also a failed job has. */
  abstract Map<String, Float> metrics();

  final void phase(String secondaryStatus) {
    phases.accept(secondaryStatus);
  }

  /** Runs a container, unless a stop came before it. */
  final int contain(Container toRun) throws IOException, InterruptedException {
    synchronized (this) {
      container = toRun;
      if (stopped) {
        toRun.stop();
      }
    }
    return toRun.run();
  }

  final synchronized boolean stopped() {
    return stopped;
  }

  final void stop() {
    Container running;
    synchronized (this) {
      stopped = true;
      running = container;
    }
    if (running != null) {
      running.stop();
    }
  }

  final void kill() {
    Container running;
    synchronized (this) {
      stopped = true;
      running = container;
    }
    if (running != null) {
      running.kill();
    }
  }
}
