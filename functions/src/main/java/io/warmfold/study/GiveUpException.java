package io.warmfold.study;

/**
 * The study cannot succeed any more and trying again would not help. The state machine matches this
 * name and ends the study as failed.
 */
public final class GiveUpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public GiveUpException(String message) {
    super(message);
  }

  public GiveUpException(String message, Throwable cause) {
    super(message, cause);
  }
}
