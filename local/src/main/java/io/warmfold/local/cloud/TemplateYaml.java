package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a CloudFormation template; its short tags become the long form ({@code !Sub x} is {@code
 * {"Fn::Sub": "x"}}), so that one evaluator serves both.
 */
final class TemplateYaml {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TemplateYaml() {}

  static JsonNode read(Reader source) {
    try {
      Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(source);
      return root == null ? JSON.objectNode() : convert(root, "");
    } catch (YAMLException e) {
      throw new TemplateException("", "is not YAML: " + e.getMessage());
    }
  }

  private static JsonNode convert(Node node, String place) {
    String tag = node.getTag().getValue();
    if (tag.startsWith("!") && tag.length() > 1) {
      return shortForm(tag.substring(1), node, place);
    }
    return plain(node, place);
  }

  private static JsonNode plain(Node node, String place) {
    return switch (node) {
      case MappingNode mapping -> object(mapping, place);
      case SequenceNode sequence -> {
        ArrayNode array = JSON.arrayNode();
        for (Node item : sequence.getValue()) {
          array.add(convert(item, place + "/" + array.size()));
        }
        yield array;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new TemplateException(place, "has a node of an unknown kind");
    };
  }

  private static ObjectNode object(MappingNode mapping, String place) {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
        throw new TemplateException(place, "has a key that is not a plain string");
      }
      String name = key.getValue();
      String inner = place.isEmpty() ? name : place + "/" + name;
      if (object.has(name)) {
        throw new TemplateException(inner, "is there twice");
      }
      object.set(name, convert(tuple.getValueNode(), inner));
    }
    return object;
  }

  private static JsonNode shortForm(String function, Node node, String place) {
    ObjectNode call = JSON.objectNode();
    JsonNode argument = node instanceof ScalarNode scalar ? text(scalar) : plain(node, place);
    switch (function) {
      case "Ref", "Condition" -> call.set(function, argument);
      case "GetAtt" -> call.set("Fn::GetAtt", argument.isTextual() ? dotted(argument) : argument);
      default -> call.set("Fn::" + function, argument);
    }
    return call;
  }

  private static ArrayNode dotted(JsonNode attribute) {
    String text = attribute.textValue();
    int dot = text.indexOf('.');
    ArrayNode pair = JSON.arrayNode();
    return dot < 0 ? pair.add(text) : pair.add(text.substring(0, dot)).add(text.substring(dot + 1));
  }

  private static JsonNode text(ScalarNode scalar) {
    return JSON.textNode(scalar.getValue());
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String value = scalar.getValue();
    Tag tag = scalar.getTag();
    try {
      if (tag.equals(Tag.INT)) {
        return JSON.numberNode(new BigInteger(value));
      }
      if (tag.equals(Tag.FLOAT)) {
        return JSON.numberNode(new BigDecimal(value));
      }
    } catch (NumberFormatException e) {
      return text(scalar);
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(
          switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            default -> false;
          });
    }
    return tag.equals(Tag.NULL) ? JSON.nullNode() : text(scalar);
  }
}
