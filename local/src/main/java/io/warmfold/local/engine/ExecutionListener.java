package io.warmfold.local.engine;

/**
 * Hears of the executions of a service, for displays and tests.
 *
 * <p>Called on the timeline's thread in the order of events; must return at once and throw nothing.
 */
public interface ExecutionListener {

  /** An execution has started; a child of a distributed Map as well. */
  default void started(ExecutionView execution) {}

  /** A state was entered. */
  default void stateEntered(ExecutionView execution, String state) {}

  /** A state was left for the next one, or at the end of its graph. */
  default void stateExited(ExecutionView execution, String state) {}

  /** An execution has ended. */
  default void ended(ExecutionView execution) {}
}
