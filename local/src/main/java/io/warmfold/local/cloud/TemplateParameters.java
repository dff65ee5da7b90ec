package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The template's parameters with their values, checked as CloudFormation checks them. */
final class TemplateParameters {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TemplateParameters() {}

  /**
   * The value of every parameter.
   *
   * @throws TemplateException if one has neither a value nor a default, if a value breaks a rule of
   *     its parameter, or if a value is for a parameter that is not there
   */
  static Map<String, JsonNode> read(JsonNode section, Map<String, String> given) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : section.properties()) {
      String place = "Parameters/" + entry.getKey();
      JsonNode definition = entry.getValue();
      String text = given.get(entry.getKey());
      if (text == null) {
        if (!definition.has("Default")) {
          throw new TemplateException(place, "has no default and needs a value");
        }
        text = definition.get("Default").asText();
      }
      values.put(entry.getKey(), value(definition, text, place));
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new TemplateException("Parameters", "has no " + name);
      }
    }
    return values;
  }

  private static JsonNode value(JsonNode definition, String text, String place) {
    check(definition, text, place);
    return switch (definition.path("Type").asText()) {
      case "String" -> JSON.textNode(text);
      case "Number" -> {
        try {
          yield JSON.numberNode(new java.math.BigDecimal(text));
        } catch (NumberFormatException e) {
          throw new TemplateException(place, "must be a number, not " + text);
        }
      }
      case "CommaDelimitedList" -> {
        ArrayNode list = JSON.arrayNode();
        for (String part : text.split(",", -1)) {
          list.add(part.strip());
        }
        yield list;
      }
      default ->
          throw new TemplateException(
              place, "has the type " + definition.path("Type") + ", which is not known here");
    };
  }

  private static void check(JsonNode definition, String text, String place) {
    JsonNode allowed = definition.path("AllowedValues");
    if (allowed.isArray()) {
      boolean found = false;
      for (JsonNode candidate : allowed) {
        found |= candidate.asText().equals(text);
      }
      if (!found) {
        throw new TemplateException(place, "must be one of " + allowed + ", not " + text);
      }
    }
    String pattern = definition.path("AllowedPattern").asText("");
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).matches()) {
      String why = definition.path("ConstraintDescription").asText("must match " + pattern);
      throw new TemplateException(place, why + " (not " + text + ")");
    }
    within(definition, "MinLength", "MaxLength", text.length(), place);
    if (definition.has("MinValue") || definition.has("MaxValue")) {
      within(definition, "MinValue", "MaxValue", number(text, place), place);
    }
  }

  private static void within(
      JsonNode definition, String least, String most, double actual, String place) {
    if (actual < definition.path(least).asDouble(Double.NEGATIVE_INFINITY)
        || actual > definition.path(most).asDouble(Double.POSITIVE_INFINITY)) {
      throw new TemplateException(place, "is not within its " + least + " and " + most);
    }
  }

  private static double number(String text, String place) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TemplateException(place, "must be a number, not " + text);
    }
  }
}
