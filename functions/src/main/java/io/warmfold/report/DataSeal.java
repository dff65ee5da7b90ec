package io.warmfold.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.ledger.StudySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The seal of the data, as far as a report shows it.
 *
 * @param rows of all shards; absent for shards of the user's own, whose rows nobody has counted
 * @param shards in the order of the folds
 */
record DataSeal(OptionalLong rows, List<Shard> shards) {

  /**
   * One shard.
   *
   * @param classes rows of each class; empty if the label is a number
   */
  record Shard(OptionalLong rows, Map<String, Long> classes) {}

  DataSeal {
    shards = List.copyOf(shards);
  }

  static Optional<DataSeal> of(StudySnapshot snapshot) {
    return snapshot.shards().map(DataSeal::read);
  }

  private static DataSeal read(JsonNode seal) {
    List<Shard> shards = new ArrayList<>();
    for (JsonNode shard : member(seal, "shards")) {
      Map<String, Long> classes = new LinkedHashMap<>();
      member(shard, "classes")
          .properties()
          .forEach(entry -> classes.put(entry.getKey(), entry.getValue().asLong()));
      shards.add(new Shard(count(member(shard, "rows")), classes));
    }
    return new DataSeal(count(member(seal, "rows")), shards);
  }

  /** The classes of all shards, in the order in which they were first met. */
  List<String> classNames() {
    return shards.stream().flatMap(shard -> shard.classes().keySet().stream()).distinct().toList();
  }

  /** Written as a record of Java or as the documents of AWS write it. */
  private static JsonNode member(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isMissingNode()
        ? object.path(Character.toUpperCase(name.charAt(0)) + name.substring(1))
        : value;
  }

  private static OptionalLong count(JsonNode node) {
    return node.isIntegralNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
  }
}
