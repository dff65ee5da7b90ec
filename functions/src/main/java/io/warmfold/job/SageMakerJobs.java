package io.warmfold.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Warmfold asks of SageMaker. Requests are in the API's own JSON shape. Thread-safe.
 *
 * <p>Every operation throws {@link io.warmfold.study.TryAgainException} when SageMaker is
 * throttled, at a quota or failing, {@link io.warmfold.study.FixInputException} when it refuses a
 * request for what is in it, and {@link io.warmfold.study.GiveUpException} when it denies access.
 */
public interface SageMakerJobs {

  /**
   * A training job in a list.
   *
   * @param ended when its instances had no more to do for it, if they have not
   */
  record Listed(
      String name, String status, Optional<Instant> ended, Optional<JobDescription.WarmPool> pool) {

    /** Whether it is over. */
    public boolean terminal() {
      return status.equals("Completed") || status.equals("Failed") || status.equals("Stopped");
    }
  }

  /**
   * Starts a job.
   *
   * @return false if there is a job of that name
   */
  boolean create(JobKind kind, ObjectNode request);

  /** The job as it is now; empty if there is none of that name. */
  Optional<JobDescription> describe(JobKind kind, String name);

  /** Asks for a stop; without effect on a job that is over or not there. */
  void stop(JobKind kind, String name);

  /**
   * Gives the instances back that a training job left warm.
   *
   * @return whether SageMaker took the request; false when it has no such pool, or not yet
   */
  boolean releasePool(String trainingJob);

  /**
   * Which training jobs to list: SageMaker answers a hundred at a time, about two times a second,
   * so that nobody should ask for all jobs of a study who needs a few.
   *
   * @param status only those in this state
   * @param poolStatus only those whose warm pool has this status
   * @param createdAfter only those that were created then or later
   */
  record Which(
      Optional<String> status, Optional<String> poolStatus, Optional<Instant> createdAfter) {

    /** All there are. */
    public static final Which ALL = new Which(Optional.empty(), Optional.empty(), Optional.empty());

    /** Those that have not ended and are not being stopped. */
    public static final Which IN_PROGRESS =
        new Which(Optional.of("InProgress"), Optional.empty(), Optional.empty());

    /** Those whose instances are warm and free. */
    public static final Which WARM =
        new Which(Optional.empty(), Optional.of("Available"), Optional.empty());

    /** Those that were created at a time or later. */
    public static Which since(Instant created) {
      return new Which(Optional.empty(), Optional.empty(), Optional.of(created));
    }
  }

  /**
   * The study's training jobs.
   *
   * @param nameContains part of their names
   */
  List<Listed> list(String nameContains, Which which);

  /** Makes a model; without effect if there is one of that name. */
  void createModel(ObjectNode request);

  /** Deletes a model; without effect if there is none. */
  void deleteModel(String name);
}
