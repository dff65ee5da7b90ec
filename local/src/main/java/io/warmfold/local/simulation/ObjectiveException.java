package io.warmfold.local.simulation;

/** An objective cannot answer, or there is none of that name; the message says what is right. */
public final class ObjectiveException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what the user should know. */
  public ObjectiveException(String message) {
    super(message);
  }

  /** With what the user should know, and what it came from. */
  public ObjectiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
