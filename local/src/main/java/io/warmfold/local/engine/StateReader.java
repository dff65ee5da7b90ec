package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads states, each type with the fields that it has. */
final class StateReader {

  private static final String INVOKE = "arn:aws:states:::lambda:invoke";
  private static final String INVOKE_AND_WAIT = INVOKE + ".waitForTaskToken";

  private static final Set<String> OF_ALL = Set.of("Type", "Comment", "QueryLanguage");
  static final Set<String> RESULT = Set.of("result");
  private static final Set<String> INVOKE_ARGUMENTS =
      Set.of("FunctionName", "Payload", "Qualifier", "InvocationType");

  private final MachineReader graphs;

  StateReader(MachineReader graphs) {
    this.graphs = graphs;
  }

  /** A state, or null when its type is not known. */
  State read(String name, Fields fields) {
    if (!fields.get("QueryLanguage").asText("JSONata").equals("JSONata")) {
      fields.problem("QueryLanguage", "has to be JSONata; JSONPath is not supported here");
    }
    return switch (fields.text("Type")) {
      case "Task" -> task(name, fields);
      case "Choice" -> choice(name, fields);
      case "Wait" -> wait(name, fields);
      case "Pass" -> {
        allow(fields, "a Pass state", "Next", "End", "Assign", "Output");
        yield new State.Pass(name, exit(fields, Set.of()));
      }
      case "Succeed" -> {
        allow(fields, "a Succeed state", "Output");
        yield new State.Succeed(name, new Exit(null, fields.template("Output"), null));
      }
      case "Fail" -> {
        allow(fields, "a Fail state", "Error", "Cause");
        yield new State.Fail(name, string(fields, "Error"), string(fields, "Cause"));
      }
      case "Map" -> MapReader.read(name, fields, graphs);
      case "Parallel" -> parallel(name, fields);
      case "" -> null;
      default -> {
        fields.problem("Type", "there is no state type " + fields.text("Type"));
        yield null;
      }
    };
  }

  private static State task(String name, Fields fields) {
    allow(
        fields,
        "a Task state",
        "Resource",
        "Arguments",
        "TimeoutSeconds",
        "HeartbeatSeconds",
        "Retry",
        "Catch",
        "Next",
        "End",
        "Assign",
        "Output");
    String resource = fields.text("Resource");
    boolean waits = resource.equals(INVOKE_AND_WAIT);
    if (!resource.isEmpty() && !waits && !resource.equals(INVOKE)) {
      fields.problem(
          "Resource",
          "is not supported here: "
              + resource
              + "; it has to be "
              + INVOKE
              + "[.waitForTaskToken]");
    }
    JsonNode arguments = fields.get("Arguments");
    if (arguments.isObject()) {
      Fields inner = fields.inside(arguments, "Arguments", "");
      inner.allow(INVOKE_ARGUMENTS, "a lambda:invoke's Arguments here");
      inner.text("FunctionName");
      if (!inner.get("InvocationType").asText("RequestResponse").equals("RequestResponse")) {
        inner.problem("InvocationType", "has to be RequestResponse");
      }
    } else if (!Fields.isQuery(arguments)) {
      fields.problem("Arguments", "has to be an object with FunctionName, or {% JSONata %}");
    }
    Template timeout = fields.number("TimeoutSeconds", 1, MachineReader.LONGEST);
    Template heartbeat = fields.number("HeartbeatSeconds", 1, MachineReader.LONGEST);
    if (heartbeat != null && !waits) {
      fields.problem("HeartbeatSeconds", "needs a task that waits for its token");
    }
    if (timeout instanceof Template.Constant(JsonNode whole)
        && heartbeat instanceof Template.Constant(JsonNode part)
        && part.doubleValue() >= whole.doubleValue()) {
      fields.problem("HeartbeatSeconds", "has to be less than TimeoutSeconds");
    }
    return new State.Task(
        name,
        waits,
        fields.template("Arguments"),
        timeout,
        heartbeat,
        ErrorReader.read(fields),
        exit(fields, RESULT));
  }

  private static State choice(String name, Fields fields) {
    allow(fields, "a Choice state", "Choices", "Default", "Assign", "Output");
    JsonNode choices = fields.get("Choices");
    List<State.Rule> rules = new ArrayList<>();
    if (!choices.isArray() || choices.isEmpty()) {
      fields.problem("Choices", "has to be an array with at least one rule");
    }
    for (int i = 0; i < choices.size(); i++) {
      Fields rule = fields.inside(choices.get(i), "Choices/" + i, "Choices[" + i + "]/");
      rule.allow(Set.of("Condition", "Next", "Assign", "Output", "Comment"), "a choice rule");
      JsonNode condition = rule.get("Condition");
      if (!condition.isBoolean() && !Fields.isQuery(condition)) {
        rule.problem("Condition", "has to be {% JSONata %} or a boolean");
      }
      rules.add(
          new State.Rule(
              rule.template("Condition"),
              new Exit(assign(rule, Set.of()), rule.template("Output"), rule.text("Next"))));
    }
    Exit otherwise =
        fields.has("Default")
            ? new Exit(assign(fields, Set.of()), fields.template("Output"), fields.text("Default"))
            : null;
    return new State.Choice(name, rules, otherwise);
  }

  private static State wait(String name, Fields fields) {
    allow(fields, "a Wait state", "Seconds", "Timestamp", "Next", "End", "Assign", "Output");
    if (fields.has("Seconds") == fields.has("Timestamp")) {
      fields.problem("", "a Wait state has either Seconds or Timestamp");
    }
    Template timestamp = string(fields, "Timestamp");
    if (timestamp instanceof Template.Constant(JsonNode value)
        && value.isTextual()
        && PlainVisit.instant(value.textValue()).isEmpty()) {
      fields.problem("Timestamp", "has to be like 2026-01-31T12:00:00Z");
    }
    return new State.Wait(
        name,
        fields.number("Seconds", 0, MachineReader.LONGEST),
        timestamp,
        exit(fields, Set.of()));
  }

  private State parallel(String name, Fields fields) {
    allow(
        fields,
        "a Parallel state",
        "Branches",
        "Arguments",
        "Retry",
        "Catch",
        "Next",
        "End",
        "Assign",
        "Output");
    JsonNode nodes = fields.get("Branches");
    if (!nodes.isArray() || nodes.isEmpty()) {
      fields.problem("Branches", "has to be an array with at least one branch");
    }
    List<StateGraph> branches = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      branches.add(graphs.branch(fields.inside(nodes.get(i), "Branches/" + i, "")));
    }
    return new State.Parallel(
        name,
        branches,
        fields.template("Arguments"),
        ErrorReader.read(fields),
        exit(fields, RESULT));
  }

  static void allow(Fields fields, String what, String... names) {
    Set<String> known = new HashSet<>(OF_ALL);
    known.addAll(List.of(names));
    fields.allow(known, what);
  }

  static Exit exit(Fields fields, Set<String> members) {
    boolean end = fields.get("End").asBoolean(false);
    if (fields.has("End") && !fields.get("End").isBoolean()) {
      fields.problem("End", "has to be a boolean");
    }
    if (end == fields.has("Next")) {
      fields.problem("", "has to have either Next or End: true");
    }
    return new Exit(
        assign(fields, members),
        fields.template("Output", members),
        fields.has("Next") ? fields.text("Next") : null);
  }

  /** The template of Assign, whose names are checked. */
  static Template assign(Fields fields, Set<String> members) {
    JsonNode node = fields.get("Assign");
    if (!node.isMissingNode() && !node.isObject()) {
      fields.problem("Assign", "has to be an object of variables");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              boolean identifier =
                  name.length() <= 80
                      && Character.isUnicodeIdentifierStart(name.codePointAt(0))
                      && name.codePoints().allMatch(Character::isUnicodeIdentifierPart);
              if (!identifier) {
                fields.problem("Assign/" + name, "is not a name for a variable");
              } else if (name.equals("states")) {
                fields.problem("Assign/" + name, "is reserved");
              }
            });
    return fields.template("Assign", members);
  }

  private static Template string(Fields fields, String field) {
    if (fields.has(field) && !fields.get(field).isTextual()) {
      fields.problem(field, "has to be a string");
    }
    return fields.template(field);
  }
}
