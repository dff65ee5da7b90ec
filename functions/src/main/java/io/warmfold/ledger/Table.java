package io.warmfold.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the ledger needs of a database: items of JSON under a partition and a sort key, strongly
 * consistent reads, conditional writes, all or nothing for several. Thread-safe.
 *
 * <p>Whole numbers come back as {@code long}; other numbers have to be of a magnitude from 1e-130
 * to 1e125, which is DynamoDB's range and not that of {@code double}.
 *
 * <p>Whoever reads an item leaves it as it is; a change is a write.
 *
 * <p>Every operation throws {@link io.warmfold.study.TryAgainException} when the table is busy or
 * the write met another one.
 */
public interface Table {

  /**
   * What has to hold for a write to happen. A path is an attribute, or one inside a map: {@code
   * a.b}.
   */
  sealed interface Condition {
    /** There is no such item. */
    record NoItem() implements Condition {}

    /** There is such an item. */
    record Item() implements Condition {}

    /** The attribute is not there. */
    record Absent(String path) implements Condition {}

    /** The attribute is there. */
    record Present(String path) implements Condition {}

    /** The attribute is there and has this value. */
    record Equal(String path, JsonNode value) implements Condition {}
  }

  /** A change of one item. */
  sealed interface Write {
    Key key();

    List<Condition> conditions();

    /** Replaces the whole item; the item need not hold its key. */
    record Put(Key key, ObjectNode item, List<Condition> conditions) implements Write {}

    /**
     * Changes attributes. The map that a path goes through has to be there. Without a condition the
     * item is made if it is not there.
     */
    record Update(
        Key key, Map<String, JsonNode> set, Set<String> remove, List<Condition> conditions)
        implements Write {}

    /** Removes the item. */
    record Delete(Key key, List<Condition> conditions) implements Write {}

    /** Changes nothing; only its conditions matter. */
    record Check(Key key, List<Condition> conditions) implements Write {}
  }

  /** The item as it is now, without its key. */
  Optional<ObjectNode> get(Key key);

  /**
   * The items of several distinct keys, at most 100, in the order of the keys; each as it is now,
   * though not all at the same moment.
   */
  default List<Optional<ObjectNode>> getAll(List<Key> keys) {
    return keys.stream().map(this::get).toList();
  }

  /**
   * The items of a partition whose sort key is in the range, both ends included, in order, without
   * keys.
   */
  List<ObjectNode> query(String partition, String from, String to);

  /**
   * Carries out all the writes or none; at most 100, each on another item.
   *
   * @return whether all conditions held
   */
  boolean write(List<Write> writes);

  /** The items that have the attribute {@code Active}; a recent change may be missing. */
  List<ObjectNode> active();
}
