package io.warmfold.local;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Things that end together, the one that was opened last first. Not thread-safe. */
public final class Parts implements Closeable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Adds a thing that has just been opened, and answers it. */
  public <T extends AutoCloseable> T add(T part) {
    open.push(part);
    return part;
  }

  /**
   * Ends all of them, also when one does not end; a second time it does nothing.
   *
   * @throws IOException if one or more did not end, each of them a cause or suppressed
   */
  @Override
  public void close() throws IOException {
    IOException problem = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (problem == null) {
          problem = new IOException("not everything has ended", e);
        } else {
          problem.addSuppressed(e);
        }
      }
    }
    if (problem != null) {
      throw problem;
    }
  }

  /** The same because opening the next one failed, which must not be hidden by what follows. */
  public void closeAfter(Throwable failure) {
    try {
      close();
    } catch (IOException again) {
      failure.addSuppressed(again);
    }
  }
}
