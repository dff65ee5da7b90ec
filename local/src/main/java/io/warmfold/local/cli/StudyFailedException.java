package io.warmfold.local.cli;

/** The study failed before the ledger knew it. */
final class StudyFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StudyFailedException(String error, String cause) {
    super(cause.isBlank() ? error : error + ": " + cause);
  }
}
