package io.warmfold.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/**
 * Names and values of the author's own.
 *
 * @param max how many at most
 */
record MapShape(Leaf.Text key, Leaf value, int max) implements Shape {

  @Override
  public JsonNode check(JsonNode map, String pointer, Problems problems) {
    if (!map.isObject()) {
      problems.add(pointer, map, expected());
      return null;
    }
    if (map.size() > max) {
      problems.add(pointer, map, expected());
    }
    var sorted = new TreeMap<String, JsonNode>();
    map.properties()
        .forEach(
            entry -> {
              var at = Problems.member(pointer, entry.getKey());
              if (!key.fits(entry.getKey())) {
                problems.add(at, "the name " + Problems.quote(entry.getKey()), key.expected());
              } else {
                var one = value.check(entry.getValue(), at, problems);
                if (one != null) {
                  sorted.put(entry.getKey(), one);
                }
              }
            });
    var checked = JsonNodeFactory.instance.objectNode();
    sorted.forEach(checked::set);
    return checked;
  }

  @Override
  public String expected() {
    return "an object of at most " + max + " names and values";
  }

  @Override
  public ObjectNode schema() {
    var schema =
        JsonNodeFactory.instance.objectNode().put("type", "object").put("maxProperties", max);
    schema.set("propertyNames", key.schema());
    schema.set("additionalProperties", value.schema());
    return schema;
  }
}
