package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What Warmfold asks of Step Functions. Thread-safe. Throws {@link
 * io.warmfold.study.TryAgainException} when it is busy.
 */
public interface StepFunctions {

  /** Answers a task; without effect when nobody waits for it any more. */
  void succeed(String token, ObjectNode output);

  /** Fails a task by an error's name; without effect when nobody waits for it any more. */
  void fail(String token, String error, String cause);

  /** Whether an execution is running; one that is not known is not. */
  boolean running(String executionArn);
}
