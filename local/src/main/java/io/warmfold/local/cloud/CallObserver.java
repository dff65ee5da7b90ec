package io.warmfold.local.cloud;

/** Hears of every AWS call of the functions and the state machine, refused ones included. */
@FunctionalInterface
public interface CallObserver {

  /**
   * A call was made.
   *
   * @param caller the logical id of the function or state machine
   * @param service as botocore names it
   */
  void called(String caller, String service, String operation);
}
