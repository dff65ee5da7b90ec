package io.warmfold.local.cli;

import io.warmfold.local.cloud.Trouble;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Lines about what goes wrong out of sight, each said once. Thread-safe. */
final class Troubles {

  /** More lines than this tell nobody anything new, and the logs have them all. */
  private static final int MOST = 50;

  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final Set<String> said = new HashSet<>();

  void add(Trouble trouble) {
    String message = trouble.message();
    synchronized (said) {
      if (said.size() < MOST && said.add(aboutWhat(trouble))) {
        lines.add("warning: " + message);
      }
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

  /** The next line that has not been said; empty if there is none. */
  Optional<String> next() {
    return Optional.ofNullable(lines.poll());
  }
}
