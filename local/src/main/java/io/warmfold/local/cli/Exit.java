package io.warmfold.local.cli;

/** The exit codes of the command line. */
final class Exit {

  static final int DONE = 0;

  /** The study failed, or Warmfold did. */
  static final int FAILED = 1;

  /** The document, its data or the options are wrong. */
  static final int WRONG_INPUT = 2;

  /** Ctrl-C, as shells number it. */
  static final int INTERRUPTED = 130;

  private Exit() {}
}
