package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A run of a distributed Map: its children, how many of them may run at a time and how many may
 * fail. Used on the timeline's thread alone.
 */
final class MapRun {

  /** How a run stands. */
  enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    ABORTED
  }

  /** Who hears how a run ended; not called when it is aborted. */
  interface Owner {
    Payload input(int index) throws StateError;

    void runSucceeded(JsonNode results);

    void runFailed(StateError error);
  }

  /**
   * What a run is bound by.
   *
   * @param concurrency how many children run at a time, at most
   * @param percentage of the items that may fail, from 0 to 100
   * @param count of items that may fail
   */
  record Bounds(int concurrency, OptionalDouble percentage, OptionalLong count) {

    /** With neither bound nothing may fail; with both, the first that is exceeded counts. */
    boolean exceeded(int failed, int total) {
      if (percentage.isEmpty() && count.isEmpty()) {
        return failed > 0;
      }
      boolean share = percentage.isPresent() && failed * 100.0 > percentage.getAsDouble() * total;
      return share || (count.isPresent() && failed > count.getAsLong());
    }
  }

  private final Execution parent;
  private final State.MapOver state;
  private final String arn;
  private final int items;
  private final Bounds bounds;
  private final Owner owner;
  private final Instant start;
  private final List<Execution> children = new ArrayList<>();
  private final Set<Execution> running = new LinkedHashSet<>();
  private final JsonNode[] results;
  private final Map<ExecutionStatus, Integer> ended = new EnumMap<>(ExecutionStatus.class);
  private Instant stop;
  private Status status = Status.RUNNING;

  MapRun(Execution parent, State.MapOver state, int items, Bounds bounds, Owner owner) {
    this.parent = parent;
    this.state = state;
    this.items = items;
    this.bounds = bounds;
    this.owner = owner;
    this.results = new JsonNode[items];
    Engine engine = parent.engine();
    this.start = engine.timeline().instant();
    this.arn =
        engine
            .arns()
            .mapRun(parent.identity().machine().name(), state.label(), Ids.uuid(engine.random()));
    engine.mapRuns().put(arn, this);
    parent.mapRuns().add(this);
  }

  void begin() {
    try {
      int most = Math.min(items, bounds.concurrency());
      while (children.size() < most) {
        startNext();
      }
      if (items == 0) {
        succeed();
      }
    } catch (StateError e) {
      fail(e);
    }
  }

  private void startNext() throws StateError {
    int index = children.size();
    Payload input = owner.input(index);
    Execution child =
        parent.engine().startChild(this, input, ended -> parent.run(() -> ended(index, ended)));
    children.add(child);
    running.add(child);
  }

  private void ended(int index, Execution child) {
    running.remove(child);
    ended.merge(child.status(), 1, Integer::sum);
    if (status != Status.RUNNING) {
      return;
    }
    if (child.output() != null) {
      results[index] = child.output().value();
    }
    try {
      if (bounds.exceeded(failed(), items)) {
        fail(
            StateError.of(
                ErrorRules.TOLERANCE,
                failed() + " of " + items + " items failed, which is more than tolerated"));
      } else if (children.size() < items) {
        startNext();
      } else if (running.isEmpty()) {
        succeed();
      }
    } catch (StateError e) {
      fail(e);
    }
  }

  /** Children that somebody stopped are not among those whose number is bounded. */
  private int failed() {
    return count(ExecutionStatus.FAILED) + count(ExecutionStatus.TIMED_OUT);
  }

  private void succeed() {
    close(Status.SUCCEEDED);
    ArrayNode array = Json.NODES.arrayNode();
    for (JsonNode result : results) {
      if (result != null) {
        array.add(result);
      }
    }
    owner.runSucceeded(array);
  }

  private void fail(StateError error) {
    close(Status.FAILED);
    abortChildren();
    owner.runFailed(error);
  }

  /** Ends the run with its execution. */
  void abort() {
    if (status == Status.RUNNING) {
      close(Status.ABORTED);
      abortChildren();
    }
  }

  private void close(Status how) {
    status = how;
    stop = parent.engine().timeline().instant();
  }

  private void abortChildren() {
    for (Execution child : List.copyOf(running)) {
      child.abort(null, null);
      // The parent may have ended already and then hears nothing of its children.
      if (running.remove(child)) {
        ended.merge(child.status(), 1, Integer::sum);
      }
    }
  }

  Execution parent() {
    return parent;
  }

  State.MapOver state() {
    return state;
  }

  String arn() {
    return arn;
  }

  Bounds bounds() {
    return bounds;
  }

  Instant start() {
    return start;
  }

  /** When it ended, or null. */
  Instant stop() {
    return stop;
  }

  Status status() {
    return status;
  }

  /** Those that have started, in the order of their items. */
  List<Execution> children() {
    return children;
  }

  int items() {
    return items;
  }

  /** How many children ended in a way. */
  int count(ExecutionStatus how) {
    return ended.getOrDefault(how, 0);
  }
}
