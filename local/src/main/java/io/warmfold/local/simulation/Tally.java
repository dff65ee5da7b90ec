package io.warmfold.local.simulation;

import io.warmfold.local.cloud.CallObserver;
import io.warmfold.local.engine.ExecutionView;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is counted while a study is simulated. For one thread. */
final class Tally implements CallObserver {

  private final SortedMap<String, Long> calls = new TreeMap<>();
  private long transitions;
  private long longestHistory;
  private long events;
  private long lostEvents;

  @Override
  public void called(String caller, String service, String operation) {
    calls.merge(service + ":" + operation, 1L, Long::sum);
  }

  /** An execution has ended. */
  void ended(ExecutionView execution) {
    transitions += execution.transitions();
    longestHistory = Math.max(longestHistory, execution.events());
  }

  /** An event has been put on the bus. */
  void event() {
    events++;
  }

  /** It does not arrive. */
  void lostEvent() {
    lostEvents++;
  }

  /** Calls of AWS by {@code service:Operation}. */
  SortedMap<String, Long> calls() {
    return Collections.unmodifiableSortedMap(calls);
  }

  /** State transitions of all executions that have ended. */
  long transitions() {
    return transitions;
  }

  /** Events in the history of the execution that had the most. */
  long longestHistory() {
    return longestHistory;
  }

  /** Events that were put on the bus, lost ones included. */
  long events() {
    return events;
  }

  long lostEvents() {
    return lostEvents;
  }
}
