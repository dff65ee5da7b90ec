package io.warmfold.local.engine;

/** How an execution stands, as the API says it. */
public enum ExecutionStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED
}
