package io.warmfold.flow;

import io.warmfold.job.JobDescription;
import io.warmfold.job.JobDescription.WarmPool;
import java.time.Duration;
import java.time.Instant;

/** What a lane knows of the instances that its last job left, as the state machine hands it on. */
public enum LastPool {
  /** They wait for a job. */
  AVAILABLE("Available"),
  /** They are to be waited for: a job that starts before opens new ones beside them. */
  COMING("Coming"),
  /** Another job of the study runs on them, and has left its own to whoever comes next. */
  REUSED("Reused"),
  /** There are none, or none any more. */
  GONE("Gone"),
  /**
   * The lane has kept its pool while it waited. Other lanes' jobs may have taken it since and left
   * theirs for it, so that what the lane has to give back is any one pool.
   */
  KEPT("Kept"),
  /** Nobody has looked. */
  UNKNOWN("Unknown");

  /**
   * How long a pool may take to show after a job that completed; SageMaker does not say how long it
   * takes itself.
   */
  static final Duration WAIT = Duration.ofSeconds(60);

  /** The same after a job that did not complete, which may leave no pool at all. */
  static final Duration WAIT_AFTER_FAILURE = Duration.ofSeconds(20);

  private final String label;

  LastPool(String label) {
    this.label = label;
  }

  /** As the state machine hands it on. */
  public String label() {
    return label;
  }

  /** The one of that label; an absent or a new label says nothing. */
  public static LastPool of(String label) {
    for (var pool : values()) {
      if (pool.label.equals(label)) {
        return pool;
      }
    }
    return UNKNOWN;
  }

  /** What SageMaker's description of a job that is over says. */
  static LastPool of(JobDescription job, Instant now) {
    return switch (job.pool().map(WarmPool::status).orElse("")) {
      case "Available" -> AVAILABLE;
      case "Reused" -> REUSED;
      case "Terminated" -> GONE;
      default -> job.terminal() && now.isBefore(due(job, now)) ? COMING : GONE;
    };
  }

  /** Until when a pool that does not show is waited for. */
  private static Instant due(JobDescription job, Instant now) {
    return job.ended()
        .orElse(now)
        .plus(job.status().equals("Completed") ? WAIT : WAIT_AFTER_FAILURE);
  }

  /**
   * How long to wait before looking again: from 2 to 15 s, a third of the time that has passed. A
   * look costs about what an instance costs in a second or two, so looking more often is no gain.
   */
  static Duration pause(Duration passed) {
    return Duration.ofSeconds(Math.clamp(2 + passed.toSeconds() / 3, 2, 15));
  }
}
