package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Does what a job's instances do: they start, download, run a container and upload.
 *
 * <p>{@link io.warmfold.local.sagemaker.instance.LocalJobRunner} does it with processes of this
 * machine; a simulator may model it on the virtual timeline. Every method is called on the
 * timeline's thread, and everything reported to a {@link Progress} is reported on it, never from
 * within the call that starts the job.
 */
public interface JobRunner extends AutoCloseable {

  /**
   * Starts a job.
   *
   * @param warm the instances of a warm pool to run on; empty to start new ones
   */
  Run start(Job job, Optional<Instances> warm, Progress progress);

  /** A call was refused because there were too many of them; what it asked for did not begin. */
  default void throttled(String operation) {}

  /** Gives back everything; runs that have not ended are lost without a report. */
  @Override
  default void close() {}

  /**
   * A job to run.
   *
   * @param name its name, unique within its kind
   * @param arn its ARN
   * @param request the create request in the API's shape; not to be changed
   * @param model the model that a transform job uses, in the shape of DescribeModel; empty for the
   *     other kinds
   */
  record Job(
      JobKind kind, String name, String arn, ObjectNode request, Optional<ObjectNode> model) {
    public Job {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(name);
      Objects.requireNonNull(arn);
      Objects.requireNonNull(request);
      Objects.requireNonNull(model);
    }
  }

  /** A job that runs. */
  @FunctionalInterface
  interface Run {
    /** Asks the job to stop; the end is reported as any other. Without effect when it has ended. */
    void stop();
  }

  /** Instances that a job has run on and a following one may run on. */
  interface Instances {
    /** Whether they could still run a job. */
    boolean alive();

    /** Gives them back; without effect when they are gone. */
    void release();
  }

  /** Takes what happens to a job. */
  interface Progress {
    /**
     * The job has come to a new phase.
     *
     * @param secondaryStatus {@code Downloading}, {@code Training} or {@code Uploading}; the other
     *     kinds of job have the same phases
     */
    void phase(String secondaryStatus);

    /** The job has ended; reported once and last. */
    void ended(Ended ended);
  }

  /**
   * How a job ended, were it not for a request to stop it.
   *
   * @param failure the API's {@code FailureReason}, which starts with its class, such as {@code
   *     AlgorithmError: }; empty for a success
   * @param exitMessage what a processing container left as its message
   * @param metrics the final value of every metric
   * @param instances what the job ran on, when it could run another
   */
  record Ended(
      Optional<String> failure,
      Optional<String> exitMessage,
      Map<String, Float> metrics,
      Optional<Instances> instances) {
    public Ended {
      Objects.requireNonNull(failure);
      Objects.requireNonNull(exitMessage);
      metrics = Map.copyOf(metrics);
      Objects.requireNonNull(instances);
    }

    /** The instances were lost, or never came. */
    public static Ended lost(String why) {
      return new Ended(
          Optional.of("InternalServerError: " + why), Optional.empty(), Map.of(), Optional.empty());
    }
  }
}
