package io.warmfold.local.engine;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Between Jackson's nodes and what the JSONata library computes with: maps, lists, strings, numbers
 * and booleans, {@link Jsonata#NULL_VALUE} for JSON's null and Java's null for undefined.
 */
final class JsonataValues {

  /** Doubles up to here are exact integers and are written as such, as JavaScript does. */
  private static final double EXACT = 1L << 53;

  private JsonataValues() {}

  /** A fresh value that an evaluation may change as it likes. */
  static Object toJsonata(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(p -> map.put(p.getKey(), toJsonata(p.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>(node.size());
        node.forEach(element -> list.add(toJsonata(element)));
        yield list;
      }
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      default -> Jsonata.NULL_VALUE;
    };
  }

  private static Number number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      return node.intValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    return node.doubleValue();
  }

  /**
   * The node of a result.
   *
   * @return null when the result is undefined
   * @throws IllegalArgumentException for what JSON has no word for, such as a function
   */
  static JsonNode toJson(Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> {
        ObjectNode node = Json.NODES.objectNode();
        map.forEach(
            (key, member) -> {
              JsonNode child = toJson(member);
              if (child != null) {
                node.set((String) key, child);
              }
            });
        yield node;
      }
      case List<?> list -> {
        ArrayNode node = Json.NODES.arrayNode(list.size());
        for (Object element : list) {
          JsonNode child = toJson(element);
          if (child != null) {
            node.add(child);
          }
        }
        yield node;
      }
      case String text -> Json.NODES.textNode(text);
      case Boolean truth -> Json.NODES.booleanNode(truth);
      case Integer number -> Json.NODES.numberNode(number);
      case Long number -> Json.NODES.numberNode(number);
      case Number number -> decimal(number.doubleValue());
      case Object other when other.equals(Jsonata.NULL_VALUE) -> Json.NODES.nullNode();
      default -> throw new IllegalArgumentException("a function is not JSON");
    };
  }

  private static JsonNode decimal(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("the number is out of range");
    }
    return number == Math.rint(number) && Math.abs(number) <= EXACT
        ? Json.NODES.numberNode((long) number)
        : Json.NODES.numberNode(number);
  }
}
