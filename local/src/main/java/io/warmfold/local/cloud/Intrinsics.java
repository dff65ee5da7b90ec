package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates CloudFormation's intrinsic functions.
 *
 * <p>A value that is {@code AWS::NoValue} comes out as a missing node and is left out of the object
 * or list around it.
 */
final class Intrinsics {

  /** Names that can be referred to. */
  interface Names {
    /** What {@code Ref} gives for a parameter, pseudo parameter or resource; null if unknown. */
    JsonNode ref(String name, String place);

    /** What {@code Fn::GetAtt} gives. */
    JsonNode attribute(String resource, String attribute, String place);
  }

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");

  private final Names names;
  private final JsonNode mappings;
  private final JsonNode conditions;
  private final Map<String, Boolean> decided = new HashMap<>();

  Intrinsics(Names names, JsonNode mappings, JsonNode conditions) {
    this.names = names;
    this.mappings = mappings;
    this.conditions = conditions;
  }

  /** Evaluates everything inside a node; the node itself stays as it is. */
  JsonNode resolve(JsonNode node, String place) {
    if (node.isArray()) {
      ArrayNode result = JSON.arrayNode();
      for (int i = 0; i < node.size(); i++) {
        JsonNode item = resolve(node.get(i), place + "/" + i);
        if (!item.isMissingNode()) {
          result.add(item);
        }
      }
      return result;
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.size() == 1) {
      String key = node.fieldNames().next();
      if (key.equals("Ref") || key.startsWith("Fn::")) {
        return call(key, node.get(key), place);
      }
      if (key.equals("Condition") && node.get(key).isTextual()) {
        return JSON.booleanNode(condition(node.get(key).textValue(), place));
      }
    }
    ObjectNode result = JSON.objectNode();
    node.properties()
        .forEach(
            entry -> {
              JsonNode value = resolve(entry.getValue(), place + "/" + entry.getKey());
              if (!value.isMissingNode()) {
                result.set(entry.getKey(), value);
              }
            });
    return result;
  }

  /** Whether a condition of the template holds. */
  boolean condition(String name, String place) {
    Boolean known = decided.get(name);
    if (known != null) {
      return known;
    }
    JsonNode definition = conditions.path(name);
    if (definition.isMissingNode()) {
      throw new TemplateException(place, "names the condition " + name + ", which is not there");
    }
    boolean holds = truth(resolve(definition, "Conditions/" + name), "Conditions/" + name);
    decided.put(name, holds);
    return holds;
  }

  private JsonNode call(String function, JsonNode argument, String place) {
    return switch (function) {
      case "Ref" -> ref(argument.asText(), place);
      case "Fn::GetAtt" -> attribute(resolve(argument, place), place);
      case "Fn::Sub" -> sub(argument, place);
      case "Fn::If" -> branch(argument, place);
      case "Fn::Equals" -> {
        JsonNode pair = list(argument, 2, function, place);
        yield JSON.booleanNode(pair.get(0).asText().equals(pair.get(1).asText()));
      }
      case "Fn::And" -> JSON.booleanNode(all(argument, true, place));
      case "Fn::Or" -> JSON.booleanNode(!all(argument, false, place));
      case "Fn::Not" -> JSON.booleanNode(!truth(list(argument, 1, function, place).get(0), place));
      case "Fn::Join" -> {
        JsonNode pair = list(argument, 2, function, place);
        StringJoiner joined = new StringJoiner(pair.get(0).asText());
        for (JsonNode item : pair.get(1)) {
          joined.add(scalar(item, place));
        }
        yield JSON.textNode(joined.toString());
      }
      case "Fn::Split" -> {
        JsonNode pair = list(argument, 2, function, place);
        ArrayNode parts = JSON.arrayNode();
        for (String part : pair.get(1).asText().split(Pattern.quote(pair.get(0).asText()), -1)) {
          parts.add(part);
        }
        yield parts;
      }
      case "Fn::Select" -> {
        JsonNode pair = list(argument, 2, function, place);
        JsonNode chosen = pair.get(1).path(pair.get(0).asInt(-1));
        if (chosen.isMissingNode()) {
          throw new TemplateException(place, "selects an item that is not there");
        }
        yield chosen;
      }
      case "Fn::FindInMap" -> {
        JsonNode keys = list(argument, 3, function, place);
        JsonNode found = mappings;
        for (JsonNode key : keys) {
          found = found.path(key.asText());
        }
        if (found.isMissingNode()) {
          throw new TemplateException(place, "finds nothing in the mappings at " + keys);
        }
        yield found;
      }
      default ->
          throw new TemplateException(place, "uses " + function + ", which is not known here");
    };
  }

  private JsonNode ref(String name, String place) {
    if (name.equals("AWS::NoValue")) {
      return MissingNode.getInstance();
    }
    JsonNode value = names.ref(name, place);
    if (value == null) {
      throw new TemplateException(place, "refers to " + name + ", which is not there");
    }
    return value;
  }

  private JsonNode attribute(JsonNode pair, String place) {
    if (!pair.isArray() || pair.size() != 2) {
      throw new TemplateException(place, "Fn::GetAtt takes a resource and an attribute");
    }
    return names.attribute(pair.get(0).asText(), pair.get(1).asText(), place);
  }

  private JsonNode branch(JsonNode argument, String place) {
    if (!argument.isArray() || argument.size() != 3) {
      throw new TemplateException(place, "Fn::If takes a condition and two values");
    }
    // Only the branch that is taken may refer to what its condition creates.
    return resolve(argument.get(condition(argument.get(0).asText(), place) ? 1 : 2), place);
  }

  private JsonNode sub(JsonNode argument, String place) {
    String text;
    JsonNode variables = JSON.objectNode();
    if (argument.isTextual()) {
      text = argument.textValue();
    } else if (argument.isArray() && argument.size() == 2 && argument.get(0).isTextual()) {
      text = argument.get(0).textValue();
      variables = resolve(argument.get(1), place);
    } else {
      throw new TemplateException(place, "Fn::Sub takes a string, or a string and its variables");
    }
    StringBuilder result = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      String name = matcher.group(2);
      String value =
          matcher.group(1).isEmpty()
              ? scalar(placeholder(name.strip(), variables, place), place)
              : "${" + name + "}";
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return JSON.textNode(matcher.appendTail(result).toString());
  }

  private JsonNode placeholder(String name, JsonNode variables, String place) {
    if (variables.has(name)) {
      return variables.get(name);
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? ref(name, place)
        : names.attribute(name.substring(0, dot), name.substring(dot + 1), place);
  }

  private JsonNode list(JsonNode argument, int size, String function, String place) {
    JsonNode resolved = resolve(argument, place);
    if (!resolved.isArray() || resolved.size() != size) {
      throw new TemplateException(place, function + " takes a list of " + size);
    }
    return resolved;
  }

  private boolean all(JsonNode argument, boolean wanted, String place) {
    for (JsonNode item : resolve(argument, place)) {
      if (truth(item, place) != wanted) {
        return false;
      }
    }
    return true;
  }

  private static boolean truth(JsonNode value, String place) {
    if (!value.isBoolean()) {
      throw new TemplateException(place, "is no condition: " + value);
    }
    return value.booleanValue();
  }

  private static String scalar(JsonNode value, String place) {
    if (!value.isValueNode() || value.isNull()) {
      throw new TemplateException(place, "needs a string, not " + value);
    }
    return value.asText();
  }
}
