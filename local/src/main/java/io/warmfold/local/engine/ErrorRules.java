package io.warmfold.local.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What a state does about errors: retriers first, then catchers, each in their order. */
record ErrorRules(List<Retrier> retriers, List<Catcher> catchers) {

  static final ErrorRules NONE = new ErrorRules(List.of(), List.of());

  static final String ALL = "States.ALL";
  static final String TASK_FAILED = "States.TaskFailed";
  static final String TIMEOUT = "States.Timeout";
  static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
  static final String RUNTIME = "States.Runtime";
  static final String DATA_LIMIT = "States.DataLimitExceeded";
  static final String QUERY = "States.QueryEvaluationError";
  static final String NO_CHOICE = "States.NoChoiceMatched";
  static final String TOLERANCE = "States.ExceedToleratedFailureThreshold";

  /** The names of errors that AWS reserves. */
  static final Set<String> RESERVED =
      Set.of(
          ALL,
          TASK_FAILED,
          TIMEOUT,
          HEARTBEAT_TIMEOUT,
          RUNTIME,
          DATA_LIMIT,
          QUERY,
          NO_CHOICE,
          TOLERANCE,
          "States.BranchFailed",
          "States.Http.Socket",
          "States.IntrinsicFailure",
          "States.ItemReaderFailed",
          "States.ParameterPathFailure",
          "States.Permissions",
          "States.ResultPathMatchFailure",
          "States.ResultWriterFailed");

  /**
   * When to try again, and how long to wait before.
   *
   * @param maxDelay null without a bound
   * @param fullJitter whether the wait is drawn uniformly between nothing and the computed delay
   */
  record Retrier(
      List<String> errors,
      Duration interval,
      int maxAttempts,
      double backoffRate,
      Duration maxDelay,
      boolean fullJitter) {

    /**
     * The wait before a retry: {@code interval · backoffRate^attempt}, at most {@code maxDelay}.
     *
     * @param attempt how many retries this retrier has made before
     */
    Duration delay(int attempt, RandomGenerator random) {
      double seconds = interval.toSeconds() * Math.pow(backoffRate, attempt);
      double bound = maxDelay == null ? Integer.MAX_VALUE : maxDelay.toSeconds();
      double bounded = Math.min(seconds, bound);
      double drawn = fullJitter ? bounded * random.nextDouble() : bounded;
      return Duration.ofMillis(Math.round(drawn * 1000));
    }
  }

  /** Where to go on after an error. */
  record Catcher(List<String> errors, Exit exit) {}

  /**
   * Whether a list of names catches an error.
   *
   * <p>States.Runtime ends an execution whatever is listed; States.DataLimitExceeded is caught by
   * its own name alone; States.TaskFailed stands for everything but a timeout. A missed heartbeat
   * is a timeout too.
   */
  static boolean match(List<String> names, StateError error) {
    String name = error.error();
    if (RUNTIME.equals(name)) {
      return false;
    }
    if (name != null && names.contains(name)) {
      return true;
    }
    if (error.missedHeartbeat() && names.contains(HEARTBEAT_TIMEOUT)) {
      return true;
    }
    if (DATA_LIMIT.equals(name)) {
      return false;
    }
    return names.contains(ALL) || (names.contains(TASK_FAILED) && !TIMEOUT.equals(name));
  }
}
