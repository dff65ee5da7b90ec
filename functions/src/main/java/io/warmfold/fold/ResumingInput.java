package io.warmfold.fold;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one object from its first to its last, however often the connection breaks, as long
 * as it moves on between two breaks. Not safe for use by several threads.
 */
final class ResumingInput extends InputStream {

  private static final int ATTEMPTS_WITHOUT_PROGRESS = 5;

  private final ObjectStore store;
  private final StoredObject object;
  private InputStream in;
  private long position;
  private int failures;

  ResumingInput(ObjectStore store, StoredObject object) {
    this.store = store;
    this.object = object;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DataProblem if the object is not the planned one any more
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position < object.size()) {
      try {
        if (in == null) {
          in = store.open(object, position);
        }
        int read = in.read(bytes, offset, length);
        if (read > 0) {
          position += read;
          failures = 0;
          return read;
        }
        throw new IOException("the body ended after " + position + " of " + object.size());
      } catch (ObjectChangedException e) {
        DataProblem problem =
            DataProblem.of(
                object.uri(),
                "that it was replaced or deleted while it was being split",
                "the object with the ETag "
                    + object.etag()
                    + ", unchanged until the split is done");
        problem.initCause(e);
        throw problem;
      } catch (IOException e) {
        drop();
        if (++failures >= ATTEMPTS_WITHOUT_PROGRESS) {
          throw new IOException("cannot read " + object.uri() + " from byte " + position, e);
        }
      }
    }
    return -1;
  }

  @Override
  public void close() {
    drop();
  }

  private void drop() {
    if (in == null) {
      return;
    }
    try {
      in.close();
    } catch (IOException e) {
      // Everything that was wanted from this connection has been read.
    }
    in = null;
  }
}
