package io.warmfold.local.engine;

import java.util.List;

/** A state of a machine. Templates that a definition leaves out are null. */
sealed interface State {

  String name();

  /** The state's type as the definition spells it, and as the names of its events start. */
  default String type() {
    return switch (this) {
      case Task t -> "Task";
      case Choice c -> "Choice";
      case Wait w -> "Wait";
      case Pass p -> "Pass";
      case Succeed s -> "Succeed";
      case Fail f -> "Fail";
      case MapOver m -> "Map";
      case Parallel p -> "Parallel";
    };
  }

  /** Invokes a function, and waits for its token when it says so. */
  record Task(
      String name,
      boolean waitsForToken,
      Template arguments,
      Template timeout,
      Template heartbeat,
      ErrorRules errors,
      Exit exit)
      implements State {

    /** The integration as history events name it. */
    String resource() {
      return waitsForToken ? "invoke.waitForTaskToken" : "invoke";
    }
  }

  /** Goes the way of the first rule that holds. */
  record Choice(String name, List<Rule> rules, Exit otherwise) implements State {}

  /** A way and when to go it. */
  record Rule(Template condition, Exit exit) {}

  /** Waits for a number of seconds or until an instant; one of the two is null. */
  record Wait(String name, Template seconds, Template timestamp, Exit exit) implements State {}

  /** Does nothing. */
  record Pass(String name, Exit exit) implements State {}

  /** Ends its graph well. */
  record Succeed(String name, Exit exit) implements State {}

  /** Ends its graph badly. */
  record Fail(String name, Template error, Template cause) implements State {}

  /**
   * Runs a graph for each item, inside its execution or, distributed, as executions of their own.
   */
  record MapOver(
      String name,
      StateGraph processor,
      boolean distributed,
      String label,
      Template items,
      Template itemSelector,
      Template maxConcurrency,
      Template toleratedPercentage,
      Template toleratedCount,
      ErrorRules errors,
      Exit exit)
      implements State {}

  /** Runs several graphs side by side. */
  record Parallel(
      String name, List<StateGraph> branches, Template arguments, ErrorRules errors, Exit exit)
      implements State {}
}
