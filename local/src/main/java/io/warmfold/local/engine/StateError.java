package io.warmfold.local.engine;

/** Why a state failed, as Retry, Catch and the end of an execution see it. */
final class StateError extends Exception {

  private static final long serialVersionUID = 1L;

  private final String error;
  private final String location;
  private final boolean missedHeartbeat;

  private StateError(String error, String cause, String location, boolean missedHeartbeat) {
    super(cause, null, false, false);
    this.error = error;
    this.location = location;
    this.missedHeartbeat = missedHeartbeat;
  }

  /** An error by its name and cause, each of which may be null. */
  static StateError of(String error, String cause) {
    return new StateError(error, cause, null, false);
  }

  /** A JSONata expression that could not be evaluated, or gave what its field cannot take. */
  static StateError query(String location, String cause) {
    return new StateError(ErrorRules.QUERY, cause, location, false);
  }

  static StateError timeout() {
    return new StateError(ErrorRules.TIMEOUT, null, null, false);
  }

  static StateError heartbeat() {
    return new StateError(ErrorRules.TIMEOUT, null, null, true);
  }

  /** The same error for the state around the one that failed. */
  StateError ofInner() {
    return new StateError(error, getMessage(), null, missedHeartbeat);
  }

  /** The error's name, or null. */
  String error() {
    return error;
  }

  /** What explains it, or null. */
  String cause() {
    return getMessage();
  }

  /** The field whose evaluation failed, or null when the error is of another kind. */
  String location() {
    return location;
  }

  boolean missedHeartbeat() {
    return missedHeartbeat;
  }
}
