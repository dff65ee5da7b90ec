package io.warmfold.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Between JSON and DynamoDB's attribute values. */
final class Attributes {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Attributes() {}

  static Map<String, AttributeValue> key(Key key) {
    return Map.of(
        "PK", AttributeValue.fromS(key.partition()), "SK", AttributeValue.fromS(key.sort()));
  }

  static Key keyOf(Map<String, AttributeValue> attributes) {
    return new Key(attributes.get("PK").s(), attributes.get("SK").s());
  }

  static Map<String, AttributeValue> item(Key key, ObjectNode item) {
    var attributes = new HashMap<>(key(key));
    item.properties().forEach(field -> attributes.put(field.getKey(), value(field.getValue())));
    return attributes;
  }

  static ObjectNode item(Map<String, AttributeValue> attributes) {
    var item = NODES.objectNode();
    attributes.forEach(
        (name, value) -> {
          if (!name.equals("PK") && !name.equals("SK")) {
            item.set(name, json(value));
          }
        });
    return item;
  }

  static AttributeValue value(JsonNode json) {
    return switch (json.getNodeType()) {
      case STRING -> AttributeValue.fromS(json.textValue());
      case NUMBER -> AttributeValue.fromN(number(json));
      case BOOLEAN -> AttributeValue.fromBool(json.booleanValue());
      case NULL, MISSING -> AttributeValue.fromNul(true);
      case ARRAY -> AttributeValue.fromL(json.valueStream().map(Attributes::value).toList());
      case OBJECT -> {
        var map = new HashMap<String, AttributeValue>();
        json.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        yield AttributeValue.fromM(map);
      }
      case BINARY, POJO -> throw new IllegalArgumentException("not JSON: " + json);
    };
  }

  private static String number(JsonNode json) {
    // Double.toString keeps every bit; DynamoDB has 38 digits.
    return json.isFloatingPointNumber()
        ? new BigDecimal(Double.toString(json.doubleValue())).toString()
        : json.asText();
  }

  private static JsonNode json(AttributeValue value) {
    return switch (value.type()) {
      case S -> NODES.textNode(value.s());
      case N -> number(value.n());
      case BOOL -> NODES.booleanNode(value.bool());
      case NUL -> NODES.nullNode();
      case L -> {
        ArrayNode list = NODES.arrayNode();
        value.l().forEach(element -> list.add(json(element)));
        yield list;
      }
      case M -> {
        ObjectNode map = NODES.objectNode();
        value.m().forEach((name, element) -> map.set(name, json(element)));
        yield map;
      }
      case SS, NS, BS, B, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("the ledger holds no " + value.type());
    };
  }

  private static JsonNode number(String text) {
    var number = new BigDecimal(text);
    try {
      return NODES.numberNode(number.longValueExact());
    } catch (ArithmeticException notWhole) {
      return NODES.numberNode(number.doubleValue());
    }
  }
}
