package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;

/** What a Map goes over and what each item is made into, both in the Map's own scope. */
final class MapItems {

  private MapItems() {}

  static JsonNode of(Visit visit, State.MapOver map) throws StateError {
    if (map.items() != null) {
      return visit
          .execution()
          .engine()
          .evaluator()
          .evaluate(map.items(), visit.situation(), JsonNodeType.ARRAY, "Items");
    }
    JsonNode input = visit.input().value();
    if (!input.isArray()) {
      throw Evaluator.mismatch(visit.situation(), "Items", "array", input);
    }
    return input;
  }

  static Payload input(Visit visit, State.MapOver map, Flow.Item item) throws StateError {
    JsonNode input =
        map.itemSelector() == null
            ? item.value()
            : visit
                .execution()
                .engine()
                .evaluator()
                .evaluate(
                    map.itemSelector(),
                    visit.situation().withContext(() -> Contexts.ofItem(visit, item)));
    return Payload.limited(input, "item " + item.index() + " of " + visit.place());
  }
}
