package io.warmfold.study;

/**
 * Nothing is wrong that time will not mend: capacity, throttling, a limit that others hold. The
 * caller tries the same again, later and with patience. The state machine retries by this name.
 */
public final class TryAgainException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TryAgainException(String message) {
    super(message);
  }

  public TryAgainException(String message, Throwable cause) {
    super(message, cause);
  }
}
