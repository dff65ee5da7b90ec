package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.engine.State.MapOver;
import io.warmfold.local.engine.State.Parallel;
import io.warmfold.local.engine.State.Task;
import io.warmfold.local.engine.State.Wait;
import java.util.Map;
import java.util.TreeMap;

/** A visit that runs several flows inside its execution: an inline Map or a Parallel. */
abstract class FanOutVisit extends Visit implements Flow.Owner {

  private final Map<Integer, Flow> running = new TreeMap<>();
  private JsonNode[] results = {};
  private int next;
  private int open;

  FanOutVisit(Flow flow, State state, ErrorRules errors, Payload input) {
    super(flow, state, errors, input);
  }

  /** Makes the flow of an index and says so in the history. */
  abstract Flow flow(int index, long after) throws StateError;

  /** What a flow is given. */
  abstract Payload input(int index) throws StateError;

  /** Adds the event of an index's end, for a Map: Succeeded, Failed or Aborted. */
  abstract void ended(int index, String how, long after);

  abstract Exit exit();

  /** Starts the first flows. */
  final void fanOut(int count, int concurrency) throws StateError {
    results = new JsonNode[count];
    next = 0;
    open = count;
    long after = flow().last();
    try {
      while (next < Math.min(count, concurrency)) {
        startNext(after);
      }
    } catch (StateError e) {
      abortFlows(after);
      throw e;
    }
    if (count == 0) {
      complete(after);
    }
  }

  private void startNext(long after) throws StateError {
    int index = next++;
    Payload given = input(index);
    Flow started = flow(index, after);
    running.put(index, started);
    started.start(given);
  }

  @Override
  public final void succeeded(Flow ended, Payload output) {
    int index = index(ended);
    running.remove(index);
    results[index] = output.value();
    ended(index, "Succeeded", ended.last());
    open--;
    try {
      if (next < results.length) {
        startNext(ended.last());
      } else if (open == 0) {
        complete(Math.max(flow().last(), ended.last()));
      }
    } catch (StateError e) {
      abortFlows(ended.last());
      failed(e);
    }
  }

  private void complete(long after) throws StateError {
    ArrayNode result = Json.NODES.arrayNode();
    for (JsonNode element : results) {
      result.add(element);
    }
    flow().event(state().type() + "StateSucceeded", after, null, null);
    flow().follow(after);
    Payload.limited(result, "the result of " + place());
    leave(exit(), situation().withResult(result), result);
  }

  @Override
  public final void failed(Flow ended, StateError error) {
    int index = index(ended);
    running.remove(index);
    long after = ended.last();
    ended(index, "Failed", after);
    abortEvent(ended, after);
    abortFlows(after);
    flow().follow(after);
    failed(error.ofInner());
  }

  private void abortFlows(long after) {
    running.forEach(
        (index, flow) -> {
          flow.abort();
          ended(index, "Aborted", after);
          abortEvent(flow, after);
        });
    running.clear();
  }

  private static void abortEvent(Flow flow, long after) {
    if (flow.visit() == null) {
      return;
    }
    State state = flow.visit().state();
    // The API knows such events of these types alone.
    if (state instanceof Task
        || state instanceof Wait
        || state instanceof MapOver
        || state instanceof Parallel) {
      flow.event(state.type() + "StateAborted", after, null, null);
    }
  }

  @Override
  void failedForGood() {
    flow().event(state().type() + "StateFailed", null, null);
  }

  @Override
  void abort() {
    running.values().forEach(Flow::abort);
    running.clear();
    super.abort();
  }

  private int index(Flow flow) {
    for (Map.Entry<Integer, Flow> entry : running.entrySet()) {
      if (entry.getValue() == flow) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("a flow that was not started here has ended");
  }

  /** A visit to an inline Map. */
  static final class InlineMap extends FanOutVisit {

    /** The most iterations that AWS runs at a time. */
    private static final int MOST = 40;

    private final MapOver map;
    private JsonNode items;

    InlineMap(Flow flow, MapOver map, Payload input) {
      super(flow, map, map.errors(), input);
      this.map = map;
    }

    @Override
    void run() throws StateError {
      items = MapItems.of(this, map);
      long concurrency =
          map.maxConcurrency() == null
              ? 0
              : execution()
                  .engine()
                  .evaluator()
                  .wholeNumber(
                      map.maxConcurrency(), situation(), "MaxConcurrency", 0, Integer.MAX_VALUE);
      ObjectNode details = Json.NODES.objectNode().put("length", items.size());
      flow().event("MapStateStarted", "mapStateStartedEventDetails", details);
      fanOut(items.size(), concurrency == 0 ? MOST : (int) Math.min(MOST, concurrency));
    }

    @Override
    Payload input(int index) throws StateError {
      return MapItems.input(this, map, new Flow.Item(index, items.get(index)));
    }

    @Override
    Flow flow(int index, long after) {
      long event = iteration(index, "Started", after);
      Flow.Item item = new Flow.Item(index, items.get(index));
      return new Flow(execution(), map.processor(), flow().scope().inner(), item, this, event);
    }

    @Override
    void ended(int index, String how, long after) {
      long event = iteration(index, how, after);
      if (how.equals("Succeeded")) {
        flow().follow(event);
      }
    }

    private long iteration(int index, String how, long after) {
      ObjectNode details = Json.NODES.objectNode().put("name", map.name()).put("index", index);
      return flow()
          .event("MapIteration" + how, after, "mapIteration" + how + "EventDetails", details);
    }

    @Override
    Exit exit() {
      return map.exit();
    }
  }

  /** A visit to a Parallel. */
  static final class Branches extends FanOutVisit {

    private final Parallel parallel;
    private Payload given;

    Branches(Flow flow, Parallel parallel, Payload input) {
      super(flow, parallel, parallel.errors(), input);
      this.parallel = parallel;
    }

    @Override
    void run() throws StateError {
      given =
          parallel.arguments() == null
              ? input()
              : Payload.limited(
                  execution().engine().evaluator().evaluate(parallel.arguments(), situation()),
                  "the arguments of " + place());
      flow().event("ParallelStateStarted", null, null);
      fanOut(parallel.branches().size(), Integer.MAX_VALUE);
    }

    @Override
    Payload input(int index) {
      return given;
    }

    @Override
    Flow flow(int index, long after) {
      return new Flow(
          execution(),
          parallel.branches().get(index),
          flow().scope().inner(),
          flow().item(),
          this,
          after);
    }

    @Override
    void ended(int index, String how, long after) {
      // A branch's end has no event of its own.
    }

    @Override
    Exit exit() {
      return parallel.exit();
    }
  }
}
