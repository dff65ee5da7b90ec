package io.warmfold.local.engine;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Evaluates templates. */
final class Evaluator {

  private final Map<String, JFunction> functions;

  Evaluator(InstantSource clock, RandomGenerator random) {
    this.functions = new JsonataFunctions(clock, random).bound();
  }

  /**
   * What a template is evaluated in.
   *
   * @param place the state, as messages name it
   * @param input {@code $states.input}
   * @param result {@code $states.result}, or null
   * @param errorOutput {@code $states.errorOutput}, or null
   * @param context makes a new {@code $states.context}; asked only when it is needed
   */
  record Situation(
      String place,
      Scope scope,
      JsonNode input,
      JsonNode result,
      JsonNode errorOutput,
      Supplier<ObjectNode> context) {

    Situation withResult(JsonNode value) {
      return new Situation(place, scope, input, value, errorOutput, context);
    }

    Situation withErrorOutput(JsonNode value) {
      return new Situation(place, scope, input, result, value, context);
    }

    Situation withContext(Supplier<ObjectNode> value) {
      return new Situation(place, scope, input, result, errorOutput, value);
    }
  }

  /**
   * A template's value.
   *
   * @throws StateError States.QueryEvaluationError when an expression fails or gives nothing
   */
  JsonNode evaluate(Template template, Situation situation) throws StateError {
    return switch (template) {
      case Template.Constant constant -> constant.value();
      case Template.Query query -> evaluate(query, situation);
      case Template.Fields fields -> {
        ObjectNode node = Json.NODES.objectNode();
        for (Map.Entry<String, Template> field : fields.fields().entrySet()) {
          node.set(field.getKey(), evaluate(field.getValue(), situation));
        }
        yield node;
      }
      case Template.Elements elements -> {
        ArrayNode node = Json.NODES.arrayNode();
        for (Template element : elements.elements()) {
          node.add(evaluate(element, situation));
        }
        yield node;
      }
    };
  }

  /** A template's value, which has to be of a type. */
  JsonNode evaluate(Template template, Situation situation, JsonNodeType type, String field)
      throws StateError {
    JsonNode value = evaluate(template, situation);
    if (value.getNodeType() != type) {
      throw mismatch(situation, field, type.name().toLowerCase(Locale.ROOT), value);
    }
    return value;
  }

  /** A template's value as a whole number within bounds; a fraction is refused. */
  long wholeNumber(Template template, Situation situation, String field, long least, long most)
      throws StateError {
    JsonNode value = evaluate(template, situation, JsonNodeType.NUMBER, field);
    double number = value.doubleValue();
    if (number != Math.rint(number) || number < least || number > most) {
      throw mismatch(situation, field, "whole number from " + least + " to " + most, value);
    }
    return (long) number;
  }

  static StateError mismatch(Situation situation, String field, String wanted, JsonNode value) {
    String is = value.getNodeType().name().toLowerCase(Locale.ROOT);
    return StateError.query(
        field,
        "%s: %s has to be of type %s but is the %s %s"
            .formatted(situation.place(), field, wanted, is, Payload.shortened(Json.write(value))));
  }

  private JsonNode evaluate(Template.Query query, Situation situation) throws StateError {
    JsonNode value;
    try {
      Expression expression = query.expression();
      Jsonata.Frame frame = expression.compiled().createFrame();
      bind(frame, expression.names(), situation);
      value = JsonataValues.toJson(expression.compiled().evaluate(null, frame));
    } catch (RuntimeException | StackOverflowError e) {
      throw failed(query, situation, "failed: " + reason(e));
    }
    if (value == null) {
      throw failed(query, situation, "gave nothing (undefined)");
    }
    return value;
  }

  private void bind(Jsonata.Frame frame, ExpressionScan names, Situation situation) {
    for (String name : names.variables()) {
      JsonNode variable = situation.scope().get(name);
      if (name.equals("states")) {
        frame.bind("states", states(names, situation));
      } else if (variable != null) {
        frame.bind(name, JsonataValues.toJsonata(variable));
      } else if (functions.containsKey(name)) {
        frame.bind(name, functions.get(name));
      }
    }
  }

  private static Object states(ExpressionScan names, Situation situation) {
    Map<String, Object> states = new LinkedHashMap<>();
    if (names.uses("input")) {
      states.put("input", JsonataValues.toJsonata(situation.input()));
    }
    if (names.uses("result") && situation.result() != null) {
      states.put("result", JsonataValues.toJsonata(situation.result()));
    }
    if (names.uses("errorOutput") && situation.errorOutput() != null) {
      states.put("errorOutput", JsonataValues.toJsonata(situation.errorOutput()));
    }
    if (names.uses("context")) {
      ObjectNode context = situation.context().get();
      if (!names.executionInput()) {
        // It is the one large thing in there, and Maps ask for the rest once an item.
        context.withObject("Execution").remove("Input");
      }
      states.put("context", JsonataValues.toJsonata(context));
    }
    return states;
  }

  private static StateError failed(Template.Query query, Situation situation, String how) {
    return StateError.query(
        query.location(),
        "%s: the JSONata of %s %s: %s"
            .formatted(situation.place(), query.location(), how, query.expression().text()));
  }

  private static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (!(root instanceof JException) && root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
