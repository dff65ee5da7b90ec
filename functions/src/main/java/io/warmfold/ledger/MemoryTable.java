package io.warmfold.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table in memory, for simulations and tests. Thread-safe; nothing outlives the process. An item
 * is never changed but replaced, so that many may read it without a copy of their own.
 */
public final class MemoryTable implements Table {

  private final TreeMap<Key, ObjectNode> items =
      new TreeMap<>(Comparator.comparing(Key::partition).thenComparing(Key::sort));

  @Override
  public synchronized Optional<ObjectNode> get(Key key) {
    return Optional.ofNullable(items.get(key));
  }

  @Override
  public synchronized List<ObjectNode> query(String partition, String from, String to) {
    if (from.compareTo(to) > 0) {
      return List.of();
    }
    return items
        .subMap(new Key(partition, from), true, new Key(partition, to), true)
        .values()
        .stream()
        .toList();
  }

  @Override
  public synchronized boolean write(List<Write> writes) {
    if (writes.stream().map(Write::key).distinct().count() != writes.size()) {
      throw new IllegalArgumentException("two writes of one item in one transaction");
    }
    for (var write : writes) {
      var item = items.get(write.key());
      if (!write.conditions().stream().allMatch(condition -> holds(condition, item))) {
        return false;
      }
    }
    for (var write : writes) {
      switch (write) {
        case Write.Put put -> items.put(put.key(), put.item().deepCopy());
        case Write.Update update -> {
          var old = items.get(update.key());
          var item = old == null ? Json.object() : own(old);
          update
              .set()
              .forEach((path, value) -> parent(item, path).set(leaf(path), value.deepCopy()));
          update.remove().forEach(path -> parent(item, path).remove(leaf(path)));
          items.put(update.key(), item);
        }
        case Write.Delete delete -> items.remove(delete.key());
        case Write.Check check -> {}
      }
    }
    return true;
  }

  @Override
  public synchronized List<ObjectNode> active() {
    return items.values().stream().filter(item -> item.has("Active")).toList();
  }

  private static boolean holds(Condition condition, ObjectNode item) {
    return switch (condition) {
      case Condition.NoItem none -> item == null;
      case Condition.Item some -> item != null;
      case Condition.Absent absent -> find(item, absent.path()) == null;
      case Condition.Present present -> find(item, present.path()) != null;
      case Condition.Equal equal -> equal(find(item, equal.path()), equal.value());
    };
  }

  private static boolean equal(JsonNode found, JsonNode wanted) {
    if (found == null) {
      return false;
    }
    if (found.isNumber() && wanted.isNumber()) {
      return found.decimalValue().compareTo(wanted.decimalValue()) == 0;
    }
    return found.equals(wanted);
  }

  private static JsonNode find(ObjectNode item, String path) {
    JsonNode node = item;
    for (var name : path.split("\\.", -1)) {
      node = node == null ? null : node.get(name);
    }
    return node;
  }

  /** The map that a path ends in; it and all that lead to it become the item's own. */
  private static ObjectNode parent(ObjectNode item, String path) {
    var names = path.split("\\.", -1);
    var node = item;
    for (int i = 0; i < names.length - 1; i++) {
      if (!(node.get(names[i]) instanceof ObjectNode shared)) {
        throw new IllegalStateException("no map at " + path + " of " + item);
      }
      var own = own(shared);
      node.set(names[i], own);
      node = own;
    }
    return node;
  }

  /** A copy that shares what is in it with the other, as nothing that is stored is changed. */
  private static ObjectNode own(ObjectNode shared) {
    ObjectNode own = Json.object();
    own.setAll(shared);
    return own;
  }

  private static String leaf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
