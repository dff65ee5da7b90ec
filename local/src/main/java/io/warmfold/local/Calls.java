package io.warmfold.local;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.Callable;

/** How the timelines hand on what a {@link Timeline#call} action throws. */
final class Calls {

  private Calls() {}

  static <T> T unchecked(Callable<T> action) {
    try {
      return action.call();
    } catch (Exception e) {
      throw unchecked(e);
    }
  }

  /** An exception as it is when it needs no declaration, and wrapped otherwise. */
  static RuntimeException unchecked(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new UndeclaredThrowableException(thrown);
    };
  }
}
