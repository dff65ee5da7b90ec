package io.warmfold.local.cli;

import io.warmfold.local.cloud.Trouble;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lines about what goes wrong out of sight, each said once. Thread-safe. */
final class Troubles {

  /** More lines than this tell nobody anything new, and the logs have them all. */
  private static final int MOST = 50;

  private final List<String> lines = new ArrayList<>();
  private final Set<String> said = new HashSet<>();

  void add(Trouble trouble) {
    add(aboutWhat(trouble), trouble.message());
  }

  /** Warmfold's own code threw where nobody caught it, so that a study may wait for ever. */
  void addBug(Throwable thrown) {
    add(
        "bug " + thrown.getClass().getName() + " " + thrown.getMessage(),
        "Warmfold itself has failed, and what it was at may not go on: "
            + thrown
            + "; warmfold.log among the logs has the whole story");
  }

  private synchronized void add(String aboutWhat, String message) {
    if (said.size() < MOST && said.add(aboutWhat)) {
      lines.add("warning: " + Summary.printable(message));
    }
  }

  private static String aboutWhat(Trouble trouble) {
    return switch (trouble) {
      // A function asks for many resources, and one line names what its policy lacks.
      case Trouble.Refused refused -> "refused " + refused.caller() + " " + refused.action();
      // Messages have names of jobs and times in them.
      case Trouble.GivenUp givenUp -> "given up " + givenUp.function() + " " + givenUp.errorType();
      case Trouble.Undelivered lost -> "undelivered " + lost.rule();
    };
  }

  /** The lines since the last call; a terminal can show them. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }
}
