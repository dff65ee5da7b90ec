package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A visit to a distributed Map: what its history and its output make of a map run. */
final class DistributedVisit extends Visit implements MapRun.Owner {

  private static final int MOST = 10_000;

  private final State.MapOver map;
  private JsonNode items;
  private MapRun mapRun;

  DistributedVisit(Flow flow, State.MapOver map, Payload input) {
    super(flow, map, map.errors(), input);
    this.map = map;
  }

  @Override
  void run() throws StateError {
    mapRun = null;
    items = MapItems.of(this, map);
    ObjectNode length = Json.NODES.objectNode().put("length", items.size());
    flow().event("MapStateStarted", "mapStateStartedEventDetails", length);
    mapRun = new MapRun(execution(), map, items.size(), bounds(), this);
    ObjectNode details = Json.NODES.objectNode().put("mapRunArn", mapRun.arn());
    flow().event("MapRunStarted", "mapRunStartedEventDetails", details);
    mapRun.begin();
  }

  private MapRun.Bounds bounds() throws StateError {
    Evaluator evaluator = execution().engine().evaluator();
    long concurrency =
        map.maxConcurrency() == null
            ? 0
            : evaluator.wholeNumber(
                map.maxConcurrency(), situation(), "MaxConcurrency", 0, Integer.MAX_VALUE);
    return new MapRun.Bounds(
        (int) (concurrency == 0 ? MOST : Math.min(MOST, concurrency)),
        percentage(evaluator),
        map.toleratedCount() == null
            ? OptionalLong.empty()
            : OptionalLong.of(
                evaluator.wholeNumber(
                    map.toleratedCount(),
                    situation(),
                    "ToleratedFailureCount",
                    0,
                    Integer.MAX_VALUE)));
  }

  private OptionalDouble percentage(Evaluator evaluator) throws StateError {
    if (map.toleratedPercentage() == null) {
      return OptionalDouble.empty();
    }
    String field = "ToleratedFailurePercentage";
    double percentage =
        evaluator
            .evaluate(map.toleratedPercentage(), situation(), JsonNodeType.NUMBER, field)
            .doubleValue();
    if (percentage < 0 || percentage > 100) {
      throw StateError.of(ErrorRules.RUNTIME, place() + ": " + field + " is not from 0 to 100");
    }
    return OptionalDouble.of(percentage);
  }

  @Override
  public Payload input(int index) throws StateError {
    return MapItems.input(this, map, new Flow.Item(index, items.get(index)));
  }

  @Override
  public void runSucceeded(JsonNode results) {
    flow().event("MapRunSucceeded", null, null);
    flow().event("MapStateSucceeded", flow().last(), null, null);
    try {
      Payload.limited(results, "the result of " + place());
      leave(map.exit(), situation().withResult(results), results);
    } catch (StateError e) {
      failed(e);
    }
  }

  @Override
  public void runFailed(StateError error) {
    ObjectNode details = Json.NODES.objectNode();
    Responses.error(details, error);
    flow().event("MapRunFailed", "mapRunFailedEventDetails", details);
    failed(error);
  }

  @Override
  void failedForGood() {
    flow().event("MapStateFailed", null, null);
  }

  @Override
  void abort() {
    if (mapRun != null) {
      mapRun.abort();
    }
    super.abort();
  }
}
