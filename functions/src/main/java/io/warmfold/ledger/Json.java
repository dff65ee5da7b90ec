package io.warmfold.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads and makes the values that items are made of; what is absent stays absent. */
final class Json {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static JsonNode text(String value) {
    return NODES.textNode(value);
  }

  static JsonNode number(long value) {
    return NODES.numberNode(value);
  }

  static JsonNode time(Instant value) {
    return NODES.numberNode(value.toEpochMilli());
  }

  static String text(JsonNode item, String field) {
    var value = item.get(field);
    if (value == null || !value.isTextual()) {
      throw new IllegalStateException("the ledger's item has no " + field + ": " + item);
    }
    return value.textValue();
  }

  static Optional<String> maybeText(JsonNode item, String field) {
    return Optional.ofNullable(item.get(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  static Instant time(JsonNode item, String field) {
    return maybeTime(item, field)
        .orElseThrow(
            () -> new IllegalStateException("the ledger's item has no " + field + ": " + item));
  }

  static Optional<Instant> maybeTime(JsonNode item, String field) {
    return Optional.ofNullable(item.get(field))
        .filter(JsonNode::isNumber)
        .map(value -> Instant.ofEpochMilli(value.longValue()));
  }

  static OptionalInt maybeInt(JsonNode item, String field) {
    var value = item.get(field);
    return value == null || !value.isNumber()
        ? OptionalInt.empty()
        : OptionalInt.of(value.intValue());
  }

  static long number(JsonNode item, String field, long otherwise) {
    var value = item.get(field);
    return value == null || !value.isNumber() ? otherwise : value.longValue();
  }
}
