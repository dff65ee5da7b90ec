package io.warmfold.study;

/**
 * This execution no longer owns the study, or the study is closing: whoever catches it stops
 * working for the study and undoes nothing. The state machine matches this name.
 */
public final class NotOwnerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotOwnerException(String message) {
    super(message);
  }

  public NotOwnerException(String message, Throwable cause) {
    super(message, cause);
  }
}
