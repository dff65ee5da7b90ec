package io.warmfold.study;

import java.util.List;

/**
 * The input is wrong and only its author can mend it. Carries every problem at once. The state
 * machine matches this name and never retries it.
 */
public final class FixInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_MESSAGE = 24_000;

  // Exceptions are serialisable by inheritance; nobody serialises this one, so the list need not
  // be.
  private final transient List<Problem> problems;

  /** A problem of the input that is not one of the document, such as data that is not there. */
  public FixInputException(String message) {
    this(message, List.of());
  }

  public FixInputException(String message, Throwable cause) {
    super(message, cause);
    this.problems = List.of();
  }

  /** The message has one line for each problem, as far as a message can hold them. */
  public FixInputException(List<Problem> problems) {
    this(message(problems), problems);
  }

  public FixInputException(String message, List<Problem> problems) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  /** All problems that are known; empty if the message says everything. */
  public List<Problem> problems() {
    return problems == null ? List.of() : problems;
  }

  /** At most a part of what a failed task of the state machine can carry. */
  private static String message(List<Problem> problems) {
    var message =
        new StringBuilder(
            problems.size() == 1
                ? "The study document has a problem:"
                : "The study document has " + problems.size() + " problems:");
    for (var i = 0; i < problems.size(); i++) {
      var line = problems.get(i).text();
      if (message.length() + line.length() > LONGEST_MESSAGE) {
        return message.append("\nand ").append(problems.size() - i).append(" more").toString();
      }
      message.append('\n').append(line);
    }
    return message.toString();
  }
}
