package io.warmfold.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * An object with known fields.
 *
 * @param what the object is, to follow "expected"
 * @param fields by name, in the order of the canonical document
 * @param refused fields that one might expect, and why they are not there
 */
record ObjectShape(String what, SequencedMap<String, Field> fields, Map<String, String> refused)
    implements Shape {

  /**
   * A field.
   *
   * @param description for its author: what it does, its unit, and a default that depends on others
   * @param fallback its value when it is not given; null if it then stays out
   */
  record Field(Shape shape, String description, boolean required, JsonNode fallback) {}

  static Builder object(String what) {
    return new Builder(what);
  }

  @Override
  public JsonNode check(JsonNode value, String pointer, Problems problems) {
    if (!value.isObject()) {
      problems.add(pointer, value, expected());
      return null;
    }
    var checked = JsonNodeFactory.instance.objectNode();
    fields.forEach((name, field) -> checkField(value, name, field, pointer, checked, problems));
    value
        .properties()
        .forEach(
            entry -> {
              if (!fields.containsKey(entry.getKey())) {
                problems.add(
                    Problems.member(pointer, entry.getKey()),
                    entry.getValue(),
                    "no field "
                        + Problems.quote(entry.getKey())
                        + " here: "
                        + advice(entry.getKey()));
              }
            });
    return checked;
  }

  private static void checkField(
      JsonNode value,
      String name,
      Field field,
      String pointer,
      ObjectNode checked,
      Problems problems) {
    var given = value.get(name);
    var at = Problems.member(pointer, name);
    if (given == null && field.required()) {
      problems.add(at, given, field.shape().expected());
    }
    var one = given == null ? field.fallback() : given;
    var result = one == null ? null : field.shape().check(one, at, problems);
    if (result != null) {
      checked.set(name, result);
    }
  }

  private String advice(String name) {
    if (refused.containsKey(name)) {
      return refused.get(name);
    }
    var elsewhere = StudyShape.placesOf(name);
    if (!elsewhere.isEmpty()) {
      return "it belongs to " + String.join(" or ", elsewhere);
    }
    return Names.nearest(name, fields.keySet())
        .map(near -> "did you mean " + Problems.quote(near) + "?")
        .orElseGet(() -> "there are " + fields.keySet().stream().collect(Collectors.joining(", ")));
  }

  @Override
  public String expected() {
    return what;
  }

  @Override
  public ObjectNode schema() {
    var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    var required = fields.entrySet().stream().filter(field -> field.getValue().required()).toList();
    if (!required.isEmpty()) {
      var names = schema.putArray("required");
      required.forEach(field -> names.add(field.getKey()));
    }
    schema.put("additionalProperties", false);
    var properties = schema.putObject("properties");
    fields.forEach(
        (name, field) -> {
          var property = properties.putObject(name).put("description", field.description());
          property.setAll(field.shape().schema());
          if (field.fallback() != null) {
            property.set("default", field.fallback());
          }
        });
    return schema;
  }

  /** Collects fields in order. Not for several threads. */
  static final class Builder {

    private final String what;
    private final SequencedMap<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();

    private Builder(String what) {
      this.what = what;
    }

    Builder required(String name, Shape shape, String description) {
      return put(name, new Field(shape, description, true, null));
    }

    Builder optional(String name, Shape shape, String description) {
      return put(name, new Field(shape, description, false, null));
    }

    Builder optional(String name, Shape shape, String description, String fallback) {
      return put(
          name, new Field(shape, description, false, JsonNodeFactory.instance.textNode(fallback)));
    }

    Builder optional(String name, Shape shape, String description, int fallback) {
      return put(
          name,
          new Field(shape, description, false, JsonNodeFactory.instance.numberNode(fallback)));
    }

    Builder optional(String name, Shape shape, String description, boolean fallback) {
      return put(
          name,
          new Field(shape, description, false, JsonNodeFactory.instance.booleanNode(fallback)));
    }

    /** An object that, when it is not given, is one with all its defaults. */
    Builder complete(String name, ObjectShape shape, String description) {
      return put(name, new Field(shape, description, false, JsonNodeFactory.instance.objectNode()));
    }

    Builder refuse(String name, String why) {
      refused.put(name, why);
      return this;
    }

    ObjectShape build() {
      return new ObjectShape(what, fields, refused);
    }

    private Builder put(String name, Field field) {
      if (fields.putIfAbsent(name, field) != null) {
        throw new IllegalArgumentException("two fields " + name);
      }
      return this;
    }
  }
}
