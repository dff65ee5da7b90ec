package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables of one flow. Inner scopes read the outer ones' and assign only their own, which
 * have names of their own; a distributed Map's children start without an outer one.
 */
final class Scope {

  private final Scope outer;
  private final Map<String, JsonNode> variables = new HashMap<>();

  private Scope(Scope outer) {
    this.outer = outer;
  }

  static Scope root() {
    return new Scope(null);
  }

  Scope inner() {
    return new Scope(this);
  }

  /** A variable's value, or null. */
  JsonNode get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      JsonNode value = scope.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** The name among these values that an outer scope has, or null. */
  String taken(JsonNode values) {
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      if (outer != null && outer.get(entry.getKey()) != null) {
        return entry.getKey();
      }
    }
    return null;
  }

  void assign(JsonNode values) {
    values.properties().forEach(entry -> variables.put(entry.getKey(), entry.getValue()));
  }
}
