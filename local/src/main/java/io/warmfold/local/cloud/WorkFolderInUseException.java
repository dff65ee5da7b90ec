package io.warmfold.local.cloud;

import java.io.IOException;
import java.nio.file.Path;

/** Another process works in the work folder. */
public final class WorkFolderInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  WorkFolderInUseException(Path work, String owner) {
    super(work + " is in use by process " + owner + "; wait for it, or give --work another folder");
  }
}
