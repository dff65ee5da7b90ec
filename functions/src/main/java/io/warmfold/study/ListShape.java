package io.warmfold.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A list of values of one shape.
 *
 * @param min how many at least
 * @param max how many at most
 */
record ListShape(Shape item, int min, int max) implements Shape {

  @Override
  public JsonNode check(JsonNode value, String pointer, Problems problems) {
    if (!value.isArray()) {
      problems.add(pointer, value, expected());
      return null;
    }
    if (value.size() < min || value.size() > max) {
      problems.add(pointer, value, expected());
    }
    // Places are kept, so that what is found later still points to where the author wrote it.
    var checked = JsonNodeFactory.instance.arrayNode();
    for (var i = 0; i < value.size(); i++) {
      var one = item.check(value.get(i), pointer + "/" + i, problems);
      checked.add(one == null ? JsonNodeFactory.instance.missingNode() : one);
    }
    return checked;
  }

  @Override
  public String expected() {
    return min == 0 ? "a list of at most " + max : "a list of " + min + " to " + max;
  }

  @Override
  public ObjectNode schema() {
    var schema =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "array")
            .put("minItems", min)
            .put("maxItems", max);
    schema.set("items", item.schema());
    return schema;
  }
}
