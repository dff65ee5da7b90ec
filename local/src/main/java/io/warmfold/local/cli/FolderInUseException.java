package io.warmfold.local.cli;

import java.io.IOException;

/** Another process works in the work folder. */
final class FolderInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  FolderInUseException(String message, Throwable cause) {
    super(message, cause);
  }
}
