package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.engine.InvalidDefinitionException.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads machines and the graphs inside them; one use. */
final class MachineReader {

  private static final Set<String> MACHINE =
      Set.of("Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version");
  private static final Set<String> PROCESSOR =
      Set.of("Comment", "ProcessorConfig", "StartAt", "States");
  private static final Set<String> BRANCH = Set.of("Comment", "StartAt", "States");

  /** The longest time that Step Functions knows, in seconds. */
  static final long LONGEST = 99_999_999;

  private static final int LONGEST_NAME = 80;

  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final StateReader states = new StateReader(this);

  Machine read(JsonNode definition) {
    Fields fields = new Fields(definition, "", "", problems);
    fields.allow(MACHINE, "a state machine");
    if (!definition.path("QueryLanguage").asText("JSONPath").equals("JSONata")) {
      fields.problem("QueryLanguage", "has to be JSONata; JSONPath is not supported here");
    }
    if (!definition.path("Version").asText("1.0").equals("1.0")) {
      fields.problem("Version", "has to be 1.0");
    }
    long timeout = fields.whole("TimeoutSeconds", 0, 1, LONGEST);
    StateGraph graph = graph(fields);
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return new Machine(
        definition,
        graph,
        timeout == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(timeout)));
  }

  /** The graph of a Map. */
  StateGraph processor(Fields fields) {
    fields.allow(PROCESSOR, "an ItemProcessor");
    return graph(fields);
  }

  /** A graph of a Parallel. */
  StateGraph branch(Fields fields) {
    fields.allow(BRANCH, "a branch");
    return graph(fields);
  }

  private StateGraph graph(Fields fields) {
    String startAt = fields.text("StartAt");
    Map<String, State> read = new LinkedHashMap<>();
    JsonNode nodes = fields.get("States");
    if (!nodes.isObject() || nodes.isEmpty()) {
      fields.problem("States", "has to be an object with at least one state");
      return new StateGraph(startAt, read);
    }
    nodes
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              String path = "States/" + pointer(name);
              if (name.length() > LONGEST_NAME) {
                fields.problem(path, "a state's name has at most " + LONGEST_NAME + " characters");
              }
              if (!names.add(name)) {
                fields.problem(path, "another state has the same name");
              }
              State state = states.read(name, fields.inside(entry.getValue(), path, ""));
              if (state != null) {
                read.put(name, state);
              }
            });
    if (!startAt.isEmpty() && !nodes.has(startAt)) {
      fields.problem("StartAt", "there is no state " + startAt);
    }
    StateGraph graph = new StateGraph(startAt, read);
    // A state that could not be read is no reason to call the ones behind it unreachable.
    if (read.size() == nodes.size()) {
      checkWays(graph, fields, nodes);
    }
    return graph;
  }

  private static void checkWays(StateGraph graph, Fields fields, JsonNode nodes) {
    Set<String> reached = new HashSet<>();
    List<String> open = new ArrayList<>();
    if (nodes.has(graph.startAt())) {
      reached.add(graph.startAt());
      open.add(graph.startAt());
    }
    while (!open.isEmpty()) {
      ways(graph.state(open.removeLast()))
          .values()
          .forEach(
              next -> {
                if (nodes.has(next) && reached.add(next)) {
                  open.add(next);
                }
              });
    }
    graph
        .states()
        .forEach(
            (name, state) -> {
              String path = "States/" + pointer(name);
              ways(state)
                  .forEach(
                      (field, next) -> {
                        if (!nodes.has(next)) {
                          fields.problem(path + "/" + field, "there is no state " + next);
                        }
                      });
              if (!reached.contains(name)) {
                fields.problem(path, "nothing leads to this state");
              }
            });
  }

  /** Where a state leads, by the field that says so. */
  private static Map<String, String> ways(State state) {
    Map<String, String> ways = new LinkedHashMap<>();
    switch (state) {
      case State.Task s -> exits(ways, s.exit(), s.errors());
      case State.MapOver s -> exits(ways, s.exit(), s.errors());
      case State.Parallel s -> exits(ways, s.exit(), s.errors());
      case State.Wait s -> exits(ways, s.exit(), ErrorRules.NONE);
      case State.Pass s -> exits(ways, s.exit(), ErrorRules.NONE);
      case State.Choice s -> {
        for (int i = 0; i < s.rules().size(); i++) {
          ways.put("Choices/" + i + "/Next", s.rules().get(i).exit().next());
        }
        if (s.otherwise() != null) {
          ways.put("Default", s.otherwise().next());
        }
      }
      case State.Succeed s -> {}
      case State.Fail s -> {}
    }
    return ways;
  }

  private static void exits(Map<String, String> ways, Exit exit, ErrorRules errors) {
    if (exit.next() != null) {
      ways.put("Next", exit.next());
    }
    for (int i = 0; i < errors.catchers().size(); i++) {
      ways.put("Catch/" + i + "/Next", errors.catchers().get(i).exit().next());
    }
  }

  static String pointer(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
