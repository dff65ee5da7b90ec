package io.warmfold.local.cli;

import io.warmfold.study.Problem;
import java.util.List;

/** What the user gave is wrong; the message says it all unless there are problems. */
final class WrongInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  WrongInputException(String message) {
    this(message, List.of());
  }

  WrongInputException(String message, List<Problem> problems) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  List<Problem> problems() {
    return problems;
  }
}
