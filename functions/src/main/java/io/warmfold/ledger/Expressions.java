package io.warmfold.ledger;

import io.warmfold.ledger.Table.Condition;
import io.warmfold.ledger.Table.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Writes conditions and changes in DynamoDB's expression language, for one item. */
final class Expressions {

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();

  private Expressions() {}

  static TransactWriteItem item(String table, Write write) {
    var expressions = new Expressions();
    var condition = expressions.condition(write.conditions());
    return switch (write) {
      case Write.Put put ->
          TransactWriteItem.builder()
              .put(
                  builder ->
                      builder
                          .tableName(table)
                          .item(Attributes.item(put.key(), put.item()))
                          .conditionExpression(condition)
                          .expressionAttributeNames(orNull(expressions.names))
                          .expressionAttributeValues(orNull(expressions.values)))
              .build();
      case Write.Update update -> {
        var change = expressions.change(update);
        yield TransactWriteItem.builder()
            .update(
                builder ->
                    builder
                        .tableName(table)
                        .key(Attributes.key(update.key()))
                        .updateExpression(change)
                        .conditionExpression(condition)
                        .expressionAttributeNames(orNull(expressions.names))
                        .expressionAttributeValues(orNull(expressions.values)))
            .build();
      }
      case Write.Delete delete ->
          TransactWriteItem.builder()
              .delete(
                  builder ->
                      builder
                          .tableName(table)
                          .key(Attributes.key(delete.key()))
                          .conditionExpression(condition)
                          .expressionAttributeNames(orNull(expressions.names))
                          .expressionAttributeValues(orNull(expressions.values)))
              .build();
      case Write.Check check ->
          TransactWriteItem.builder()
              .conditionCheck(
                  builder ->
                      builder
                          .tableName(table)
                          .key(Attributes.key(check.key()))
                          .conditionExpression(condition)
                          .expressionAttributeNames(orNull(expressions.names))
                          .expressionAttributeValues(orNull(expressions.values)))
              .build();
    };
  }

  /** DynamoDB refuses empty maps of names and values. */
  static <V> Map<String, V> orNull(Map<String, V> map) {
    return map == null || map.isEmpty() ? null : map;
  }

  private String condition(List<Condition> conditions) {
    if (conditions.isEmpty()) {
      return null;
    }
    var terms = new ArrayList<String>();
    for (var condition : conditions) {
      terms.add(
          switch (condition) {
            case Condition.NoItem none -> "attribute_not_exists(" + path("PK") + ")";
            case Condition.Item some -> "attribute_exists(" + path("PK") + ")";
            case Condition.Absent absent -> "attribute_not_exists(" + path(absent.path()) + ")";
            case Condition.Present present -> "attribute_exists(" + path(present.path()) + ")";
            case Condition.Equal equal ->
                path(equal.path()) + " = " + value(Attributes.value(equal.value()));
          });
    }
    return String.join(" AND ", terms);
  }

  private String change(Write.Update update) {
    var sets = new ArrayList<String>();
    update
        .set()
        .forEach((path, value) -> sets.add(path(path) + " = " + value(Attributes.value(value))));
    var removes = update.remove().stream().map(this::path).toList();
    return (sets.isEmpty() ? "" : "SET " + String.join(", ", sets))
        + (removes.isEmpty() ? "" : " REMOVE " + String.join(", ", removes));
  }

  private String path(String path) {
    var parts = new ArrayList<String>();
    for (var part : path.split("\\.", -1)) {
      var alias = alias(part);
      names.put(alias, part);
      parts.add(alias);
    }
    return String.join(".", parts);
  }

  /**
   * Aliases keep clear of reserved words and of names that begin with a digit. They may have
   * letters, digits and underscores only, and different names have different ones.
   */
  private static String alias(String name) {
    var alias = new StringBuilder("#n");
    name.chars()
        .forEach(
            c -> {
              if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                alias.append((char) c);
              } else {
                alias.append('_').append(Integer.toHexString(c)).append('_');
              }
            });
    return alias.toString();
  }

  private String value(AttributeValue value) {
    var alias = ":v" + values.size();
    values.put(alias, value);
    return alias;
  }
}
