package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.engine.InvalidDefinitionException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An object of a definition with the place it stands at; what is wrong with it is collected. */
final class Fields {

  /** Fields of the JSONPath dialect, which deserve a word of their own. */
  private static final Set<String> OF_JSONPATH =
      Set.of("InputPath", "OutputPath", "ResultPath", "ResultSelector", "Parameters", "Result");

  private static final Set<String> NO_MEMBERS = Set.of("input", "context");

  private final JsonNode node;
  private final String location;
  private final String prefix;
  private final List<Problem> problems;

  /**
   * Wraps an object.
   *
   * @param location its JSON pointer in the definition
   * @param prefix what field names of failed evaluations start with, such as {@code Catch[0]/}
   */
  Fields(JsonNode node, String location, String prefix, List<Problem> problems) {
    this.node = node;
    this.location = location;
    this.prefix = prefix;
    this.problems = problems;
    if (!node.isObject()) {
      problem("", "has to be an object");
    }
  }

  /** An object inside this one, at a path below it. */
  Fields inside(JsonNode child, String path, String childPrefix) {
    return new Fields(child, location + "/" + path, childPrefix, problems);
  }

  void problem(String field, String message) {
    problems.add(new Problem(field.isEmpty() ? location : location + "/" + field, message));
  }

  /** Refuses every field but some. */
  void allow(Set<String> known, String what) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                boolean path = OF_JSONPATH.contains(name) || name.endsWith("Path");
                problem(name, "is not a field of " + what + (path ? " in JSONata" : ""));
              }
            });
  }

  boolean has(String field) {
    return node.has(field);
  }

  JsonNode get(String field) {
    return node.path(field);
  }

  /** A required string. */
  String text(String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      problem(field, value.isMissingNode() ? "is missing" : "has to be a string");
      return "";
    }
    return value.textValue();
  }

  /** An optional whole number within bounds. */
  long whole(String field, long otherwise, long least, long most) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || value.longValue() < least || value.longValue() > most) {
      problem(field, "has to be a whole number from " + least + " to " + most);
      return otherwise;
    }
    return value.longValue();
  }

  /** A template, null when the field is not there, whose queries may use input and context. */
  Template template(String field) {
    return template(field, Set.of());
  }

  /** A template whose queries may also use further members of {@code $states}. */
  Template template(String field, Set<String> furtherMembers) {
    if (!node.has(field)) {
      return null;
    }
    Set<String> members = NO_MEMBERS;
    if (!furtherMembers.isEmpty()) {
      members = new java.util.HashSet<>(NO_MEMBERS);
      members.addAll(furtherMembers);
    }
    return template(node.get(field), prefix + field, field, members);
  }

  /** A template that is a number within bounds or one query. */
  Template number(String field, double least, double most) {
    JsonNode value = node.path(field);
    if (value.isNumber() && (value.doubleValue() < least || value.doubleValue() > most)) {
      problem(field, "has to be from " + (long) least + " to " + (long) most);
    } else if (!value.isMissingNode() && !value.isNumber() && !isQuery(value)) {
      problem(field, "has to be a number or {% JSONata %}");
    }
    return template(field);
  }

  static boolean isQuery(JsonNode value) {
    return value.isTextual()
        && value.textValue().startsWith("{%")
        && value.textValue().endsWith("%}")
        && value.textValue().length() >= 4;
  }

  private Template template(JsonNode value, String name, String path, Set<String> members) {
    if (value.isObject()) {
      Map<String, Template> fields = new LinkedHashMap<>();
      value
          .properties()
          .forEach(
              entry -> {
                String key = entry.getKey();
                if (key.endsWith(".$")) {
                  problem(path + "/" + key, "is JSONPath; in JSONata the key has no .$");
                }
                fields.put(
                    key, template(entry.getValue(), name + "/" + key, path + "/" + key, members));
              });
      return constant(fields.values()) ? new Template.Constant(value) : new Template.Fields(fields);
    }
    if (value.isArray()) {
      List<Template> elements = new ArrayList<>();
      for (int i = 0; i < value.size(); i++) {
        String index = "[" + i + "]";
        elements.add(template(value.get(i), name + index, path + "/" + i, members));
      }
      return constant(elements) ? new Template.Constant(value) : new Template.Elements(elements);
    }
    if (isQuery(value)) {
      String text = value.textValue();
      String query = text.substring(2, text.length() - 2).strip();
      try {
        return new Template.Query(name, Expression.compile(query, members));
      } catch (Expression.Invalid e) {
        problem(path, e.getMessage());
      }
    } else if (value.isTextual()) {
      String stripped = value.textValue().strip();
      if (stripped.startsWith("{%") || stripped.endsWith("%}")) {
        problem(path, "JSONata starts with {% and ends with %}, without anything around them");
      }
    }
    return new Template.Constant(value);
  }

  private static boolean constant(Iterable<Template> parts) {
    for (Template part : parts) {
      if (!(part instanceof Template.Constant)) {
        return false;
      }
    }
    return true;
  }
}
