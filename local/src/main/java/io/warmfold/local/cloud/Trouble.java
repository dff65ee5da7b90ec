package io.warmfold.local.cloud;

import java.util.Optional;

/**
 * What goes wrong where nobody waits for an answer: on AWS it would be an alarm. A study may hang
 * for it, so whoever runs it should be told.
 */
public sealed interface Trouble {

  /** What it is and what follows, in one line for people. */
  String message();

  /**
   * A call that the template does not allow to its caller.
   *
   * @param caller the function's logical id, or the state machine's
   * @param action as IAM names it
   */
  record Refused(String caller, String action, String resource) implements Trouble {
    @Override
    public String message() {
      return caller
          + " may not "
          + action
          + " on "
          + resource
          + ": its policy in the template does not allow it, so AWS would deny it as well";
    }
  }

  /**
   * An event that a function failed on every time.
   *
   * @param function its logical id
   * @param queue the name of the queue that has it now; empty if it is lost
   */
  record GivenUp(
      String function, int tries, String errorType, String errorMessage, Optional<String> queue)
      implements Trouble {
    @Override
    public String message() {
      return function
          + " failed "
          + (tries == 1 ? "once" : tries + " times")
          + " on an event, which is "
          + kept(queue)
          + ": "
          + errorType.substring(errorType.lastIndexOf('.') + 1)
          + (errorMessage.isBlank() ? "" : ": " + errorMessage);
    }
  }

  /**
   * An event that did not reach its function.
   *
   * @param rule or schedule
   */
  record Undelivered(String rule, String function, String reason, Optional<String> queue)
      implements Trouble {
    @Override
    public String message() {
      return "the rule "
          + rule
          + " could not deliver an event to "
          + function
          + ", which is "
          + kept(queue)
          + ": "
          + reason;
    }
  }

  private static String kept(Optional<String> queue) {
    return queue.map(name -> "now in the queue " + name).orElse("lost");
  }
}
