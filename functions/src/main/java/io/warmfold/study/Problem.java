package io.warmfold.study;

import java.util.Objects;

/**
 * One thing that is wrong with a study document.
 *
 * @param pointer where, as an RFC 6901 JSON pointer; empty for the document itself
 * @param found what the document says there, shortened for a reader
 * @param expected what would be right
 */
public record Problem(String pointer, String found, String expected) {

  public Problem {
    Objects.requireNonNull(pointer, "pointer");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(expected, "expected");
  }

  /** Where, what was found and what would be right, in one line. */
  public String text() {
    var where = pointer.isEmpty() ? "(document)" : pointer;
    return where + ": found " + found + "; expected " + expected;
  }

  @Override
  public String toString() {
    return text();
  }
}
