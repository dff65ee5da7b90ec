package io.warmfold.local.engine;

import io.warmfold.local.engine.InvalidDefinitionException.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses a variable that an inline Map or a Parallel assigns although a scope around it does: AWS
 * wants such names to differ. A distributed Map starts afresh.
 */
final class VariableCheck {

  private VariableCheck() {}

  static void check(StateGraph graph, String location, List<Problem> problems) {
    check(graph, location, Set.of(), problems);
  }

  private static void check(
      StateGraph graph, String location, Set<String> outer, List<Problem> problems) {
    Set<String> assigned = new HashSet<>(outer);
    for (State state : graph.states().values()) {
      String path = location + "/States/" + MachineReader.pointer(state.name());
      for (String name : assigned(state)) {
        if (outer.contains(name)) {
          problems.add(
              new Problem(path, "assigns " + name + ", which the states around it assign as well"));
        }
        assigned.add(name);
      }
    }
    for (State state : graph.states().values()) {
      String path = location + "/States/" + MachineReader.pointer(state.name());
      if (state instanceof State.MapOver map) {
        Set<String> seen = map.distributed() ? Set.of() : assigned;
        check(map.processor(), path + "/ItemProcessor", seen, problems);
      } else if (state instanceof State.Parallel parallel) {
        for (int i = 0; i < parallel.branches().size(); i++) {
          check(parallel.branches().get(i), path + "/Branches/" + i, assigned, problems);
        }
      }
    }
  }

  private static Set<String> assigned(State state) {
    Set<String> names = new HashSet<>();
    switch (state) {
      case State.Task s -> exits(names, s.exit(), s.errors());
      case State.MapOver s -> exits(names, s.exit(), s.errors());
      case State.Parallel s -> exits(names, s.exit(), s.errors());
      case State.Wait s -> exit(names, s.exit());
      case State.Pass s -> exit(names, s.exit());
      case State.Choice s -> {
        s.rules().forEach(rule -> exit(names, rule.exit()));
        if (s.otherwise() != null) {
          exit(names, s.otherwise());
        }
      }
      case State.Succeed s -> {}
      case State.Fail s -> {}
    }
    return names;
  }

  private static void exits(Set<String> names, Exit exit, ErrorRules errors) {
    exit(names, exit);
    errors.catchers().forEach(catcher -> exit(names, catcher.exit()));
  }

  private static void exit(Set<String> names, Exit exit) {
    switch (exit.assign()) {
      case null -> {}
      case Template.Fields fields -> names.addAll(fields.fields().keySet());
      case Template.Constant constant -> constant.value().fieldNames().forEachRemaining(names::add);
      case Template.Query q -> {}
      case Template.Elements e -> {}
    }
  }
}
