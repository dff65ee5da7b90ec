package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * One way through a graph: an execution's own, an iteration of an inline Map or a branch of a
 * Parallel.
 */
final class Flow {

  /** Who hears how a flow ended; not called when it is aborted. */
  interface Owner {
    void succeeded(Flow flow, Payload output);

    void failed(Flow flow, StateError error);
  }

  /** The item of a Map that a flow works on, as the context object shows it. */
  record Item(int index, JsonNode value) {}

  private final Execution execution;
  private final StateGraph graph;
  private final Scope scope;
  private final Item item;
  private final Owner owner;
  private long last;
  private boolean open = true;
  private Visit visit;

  /**
   * A flow that has not started.
   *
   * @param item null outside of inline Maps
   * @param last the event that its first event follows
   */
  Flow(Execution execution, StateGraph graph, Scope scope, Item item, Owner owner, long last) {
    this.execution = execution;
    this.graph = graph;
    this.scope = scope;
    this.item = item;
    this.owner = owner;
    this.last = last;
  }

  void start(Payload input) {
    go(graph.startAt(), input);
  }

  /** Enters a state as the timeline's next action, so that a long way needs no deep stack. */
  private void go(String state, Payload input) {
    execution.later(
        Duration.ZERO,
        () -> {
          if (open) {
            visit = Visit.of(this, graph.state(state), input);
            visit.enter();
          }
        });
  }

  /** Goes on to the next state, or ends when there is none. */
  void leave(String next, Payload output) {
    if (next != null) {
      go(next, output);
    } else {
      open = false;
      owner.succeeded(this, output);
    }
  }

  void fail(StateError error) {
    open = false;
    owner.failed(this, error);
  }

  /** Stops everything below; without effect on a flow that has ended. */
  void abort() {
    open = false;
    if (visit != null) {
      visit.abort();
    }
  }

  /** Adds an event that follows the flow's last one, and becomes it. */
  long event(String type, String field, ObjectNode details) {
    last = event(type, last, field, details);
    return last;
  }

  /** Adds an event that follows some other one. */
  long event(String type, long previous, String field, ObjectNode details) {
    return execution
        .history()
        .add(type, execution.engine().timeline().instant(), previous, field, details);
  }

  Execution execution() {
    return execution;
  }

  Scope scope() {
    return scope;
  }

  /** The item that it works on, or null. */
  Item item() {
    return item;
  }

  /** The state that it is in, or was in last; null before the first. */
  Visit visit() {
    return visit;
  }

  long last() {
    return last;
  }

  void follow(long event) {
    last = event;
  }
}
