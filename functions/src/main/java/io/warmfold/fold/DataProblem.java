package io.warmfold.fold;

import java.util.OptionalLong;

/**
 * The data cannot be split, and trying again would not help. The message is one sentence that says
 * where, what was found, and what would be right.
 */
public final class DataProblem extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final int SHOWN = 60;

  private final String object;
  private final long line;
  private final String found;
  private final String expected;

  private DataProblem(String object, long line, String found, String expected) {
    super(
        object
            + (line > 0 ? ", line " + line : "")
            + ": found "
            + found
            + "; expected "
            + expected
            + ".");
    this.object = object;
    this.line = line;
    this.found = found;
    this.expected = expected;
  }

  /** A problem of a whole object or folder. */
  static DataProblem of(String object, String found, String expected) {
    return new DataProblem(object, 0, found, expected);
  }

  /** A problem at a line, counted from 1. */
  static DataProblem at(String object, long line, String found, String expected) {
    return new DataProblem(object, line, found, expected);
  }

  /** Text of the data as a message shows it: in quotes, without control characters, not long. */
  static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "�");
    return '"' + (clean.length() > SHOWN ? clean.substring(0, SHOWN) + "…" : clean) + '"';
  }

  /** The URI of the object or folder. */
  public String object() {
    return object;
  }

  /** The line in it, counted from 1; empty if the problem is of the whole. */
  public OptionalLong line() {
    return line > 0 ? OptionalLong.of(line) : OptionalLong.empty();
  }

  /** What was found. */
  public String found() {
    return found;
  }

  /** What would be right. */
  public String expected() {
    return expected;
  }
}
