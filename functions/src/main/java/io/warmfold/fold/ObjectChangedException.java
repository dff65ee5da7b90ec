package io.warmfold.fold;

import java.io.IOException;

/** An object is no longer the one that was planned. */
public final class ObjectChangedException extends IOException {

  private static final long serialVersionUID = 1;

  public ObjectChangedException(StoredObject object, Throwable cause) {
    super(object.uri() + " no longer has the ETag " + object.etag(), cause);
  }
}
