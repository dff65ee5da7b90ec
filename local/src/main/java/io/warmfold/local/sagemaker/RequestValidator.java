package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.local.aws.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks requests against the constraints of the public API model: types, required members,
 * lengths, ranges, patterns and enumerations.
 *
 * <p>{@code requests.json} holds those of the operations served here, in the model's own terms.
 * Members that the model does not know are ignored, as by the service. Thread-safe once made.
 */
final class RequestValidator {

  private final JsonNode operations;
  private final Map<String, JsonNode> shapes = new HashMap<>();
  private final Map<String, Pattern> patterns = new HashMap<>();

  RequestValidator() {
    try (var in = RequestValidator.class.getResourceAsStream("requests.json")) {
      JsonNode model = new JsonMapper().readTree(in);
      operations = model.path("operations");
      for (var shape : model.path("shapes").properties()) {
        shapes.put(shape.getKey(), shape.getValue());
        if (shape.getValue().has("pattern")) {
          patterns.put(
              shape.getKey(), Pattern.compile(shape.getValue().path("pattern").textValue()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> operations() {
    return operations.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Refuses a request that the API would refuse by its shape alone.
   *
   * @throws ServiceException SerializationException for a wrong type, else ValidationException with
   *     every violation
   */
  void check(String operation, JsonNode input) {
    List<String> problems = new ArrayList<>();
    shape(operations.path(operation).textValue(), input, "", problems);
    if (!problems.isEmpty()) {
      throw new ServiceException(
          "ValidationException",
          problems.size()
              + " validation error"
              + (problems.size() == 1 ? "" : "s")
              + " detected: "
              + String.join("; ", problems));
    }
  }

  private void shape(String name, JsonNode value, String path, List<String> problems) {
    JsonNode shape = shapes.get(name);
    String type = shape == null ? name : shape.path("type").textValue();
    boolean typed =
        switch (type) {
          case "structure", "map" -> value.isObject();
          case "list" -> value.isArray();
          case "string", "blob" -> value.isTextual();
          case "integer", "long" -> value.isIntegralNumber();
          case "float", "double", "timestamp" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          default -> throw new IllegalStateException("no such type: " + type);
        };
    if (!typed) {
      throw new ServiceException(
          "SerializationException",
          "Expected " + type + " at '" + (path.isEmpty() ? "the request" : path) + "'");
    }
    if (shape != null) {
      constraints(name, shape, value, path, problems);
      members(shape, value, path, problems);
    }
  }

  private void members(JsonNode shape, JsonNode value, String path, List<String> problems) {
    for (JsonNode required : shape.path("required")) {
      if (!value.hasNonNull(required.textValue())) {
        problems.add(
            problem("null", member(path, required.textValue()), "Member must not be null"));
      }
    }
    if (shape.has("members")) {
      for (var member : shape.path("members").properties()) {
        JsonNode given = value.path(member.getKey());
        if (!given.isMissingNode() && !given.isNull()) {
          shape(member.getValue().textValue(), given, member(path, member.getKey()), problems);
        }
      }
    } else if (shape.has("member")) {
      for (int i = 0; i < value.size(); i++) {
        shape(
            shape.path("member").textValue(),
            value.get(i),
            path + "." + (i + 1) + ".member",
            problems);
      }
    } else if (shape.has("value")) {
      for (var entry : value.properties()) {
        shape(
            shape.path("key").textValue(),
            com.fasterxml.jackson.databind.node.TextNode.valueOf(entry.getKey()),
            path + ".key",
            problems);
        shape(
            shape.path("value").textValue(),
            entry.getValue(),
            path + "." + entry.getKey() + ".member",
            problems);
      }
    }
  }

  private void constraints(
      String name, JsonNode shape, JsonNode value, String path, List<String> problems) {
    boolean number = value.isNumber();
    double size =
        number
            ? value.doubleValue()
            : value.isTextual() ? value.textValue().length() : value.size();
    String what = number ? "value" : "length";
    if (shape.has("min") && size < shape.path("min").doubleValue()) {
      problems.add(
          problem(
              shown(value),
              path,
              "Member must have "
                  + what
                  + " greater than or equal to "
                  + shape.path("min").asText()));
    }
    if (shape.has("max") && size > shape.path("max").doubleValue()) {
      problems.add(
          problem(
              shown(value),
              path,
              "Member must have " + what + " less than or equal to " + shape.path("max").asText()));
    }
    Pattern pattern = patterns.get(name);
    if (pattern != null && !pattern.matcher(value.textValue()).matches()) {
      problems.add(
          problem(
              shown(value),
              path,
              "Member must satisfy regular expression pattern: " + pattern.pattern()));
    }
    if (shape.has("enum")) {
      List<String> allowed = new ArrayList<>();
      shape.path("enum").forEach(choice -> allowed.add(choice.textValue()));
      if (!allowed.contains(value.textValue())) {
        problems.add(
            problem(
                shown(value),
                path,
                "Member must satisfy enum value set: [" + String.join(", ", allowed) + "]"));
      }
    }
  }

  private static String shown(JsonNode value) {
    return "'" + (value.isValueNode() ? value.asText() : value.toString()) + "'";
  }

  private static String problem(String value, String path, String constraint) {
    return "Value " + value + " at '" + path + "' failed to satisfy constraint: " + constraint;
  }

  /** The service names members in camel case, whatever the request calls them. */
  private static String member(String path, String name) {
    String camel = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return path.isEmpty() ? camel : path + "." + camel;
  }
}
