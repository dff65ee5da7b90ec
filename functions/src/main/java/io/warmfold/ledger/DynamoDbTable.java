package io.warmfold.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.SdkCalls;
import io.warmfold.study.TryAgainException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The table on DynamoDB. */
public final class DynamoDbTable implements Table {

  /** A throttled table answers a batch in part. */
  private static final int READS = 3;

  private final DynamoDbClient client;
  private final String name;

  /** A table with the keys PK and SK and the index {@code active}. */
  public DynamoDbTable(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  @Override
  public Optional<ObjectNode> get(Key key) {
    var response =
        call(
            () ->
                client.getItem(
                    request ->
                        request.tableName(name).key(Attributes.key(key)).consistentRead(true)));
    return response.hasItem() ? Optional.of(Attributes.item(response.item())) : Optional.empty();
  }

  @Override
  public List<Optional<ObjectNode>> getAll(List<Key> keys) {
    var found = new HashMap<Key, ObjectNode>();
    var open = keysAndAttributes(keys);
    for (int attempt = 0; attempt < READS && !open.isEmpty(); attempt++) {
      var asked = open;
      var response = call(() -> client.batchGetItem(request -> request.requestItems(asked)));
      response
          .responses()
          .getOrDefault(name, List.of())
          .forEach(item -> found.put(Attributes.keyOf(item), Attributes.item(item)));
      open = response.unprocessedKeys();
    }
    if (!open.isEmpty()) {
      throw new TryAgainException("The ledger is busy: it gives only a part of what is asked.");
    }
    return keys.stream().map(key -> Optional.ofNullable(found.get(key))).toList();
  }

  private Map<String, KeysAndAttributes> keysAndAttributes(List<Key> keys) {
    return Map.of(
        name,
        KeysAndAttributes.builder()
            .keys(keys.stream().map(Attributes::key).toList())
            .consistentRead(true)
            .build());
  }

  @Override
  public List<ObjectNode> query(String partition, String from, String to) {
    if (from.compareTo(to) > 0) {
      return List.of();
    }
    return all(
        QueryRequest.builder()
            .tableName(name)
            .consistentRead(true)
            .keyConditionExpression("PK = :p AND SK BETWEEN :a AND :b")
            .expressionAttributeValues(
                Map.of(
                    ":p", AttributeValue.fromS(partition),
                    ":a", AttributeValue.fromS(from),
                    ":b", AttributeValue.fromS(to)))
            .build());
  }

  @Override
  public List<ObjectNode> active() {
    return all(
        QueryRequest.builder()
            .tableName(name)
            .indexName("active")
            .keyConditionExpression("Active = :one")
            .expressionAttributeValues(Map.of(":one", AttributeValue.fromS("1")))
            .build());
  }

  private List<ObjectNode> all(QueryRequest first) {
    var items = new ArrayList<ObjectNode>();
    Map<String, AttributeValue> from = null;
    do {
      var start = from;
      var page = call(() -> client.query(first.toBuilder().exclusiveStartKey(start).build()));
      page.items().forEach(item -> items.add(Attributes.item(item)));
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (from != null && !from.isEmpty());
    return items;
  }

  @Override
  public boolean write(List<Write> writes) {
    return call(
        () -> {
          try {
            if (writes.size() == 1) {
              one(writes.getFirst());
            } else {
              List<TransactWriteItem> items =
                  writes.stream().map(write -> Expressions.item(name, write)).toList();
              client.transactWriteItems(request -> request.transactItems(items));
            }
            return true;
          } catch (ConditionalCheckFailedException failed) {
            return false;
          } catch (TransactionCanceledException canceled) {
            if (canceled.cancellationReasons().stream()
                .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
              return false;
            }
            throw new TryAgainException("The ledger is busy: " + canceled.getMessage());
          }
        });
  }

  private void one(Write write) {
    var item = Expressions.item(name, write);
    switch (write) {
      case Write.Put put ->
          client.putItem(
              request ->
                  request
                      .tableName(name)
                      .item(item.put().item())
                      .conditionExpression(item.put().conditionExpression())
                      .expressionAttributeNames(
                          Expressions.orNull(item.put().expressionAttributeNames()))
                      .expressionAttributeValues(
                          Expressions.orNull(item.put().expressionAttributeValues())));
      case Write.Update update ->
          client.updateItem(
              request ->
                  request
                      .tableName(name)
                      .key(item.update().key())
                      .updateExpression(item.update().updateExpression())
                      .conditionExpression(item.update().conditionExpression())
                      .expressionAttributeNames(
                          Expressions.orNull(item.update().expressionAttributeNames()))
                      .expressionAttributeValues(
                          Expressions.orNull(item.update().expressionAttributeValues())));
      case Write.Delete delete ->
          client.deleteItem(
              request ->
                  request
                      .tableName(name)
                      .key(item.delete().key())
                      .conditionExpression(item.delete().conditionExpression())
                      .expressionAttributeNames(
                          Expressions.orNull(item.delete().expressionAttributeNames()))
                      .expressionAttributeValues(
                          Expressions.orNull(item.delete().expressionAttributeValues())));
      case Write.Check check -> client.transactWriteItems(request -> request.transactItems(item));
    }
  }

  private static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (DynamoDbException refused) {
      if (refused.isThrottlingException()
          || refused.statusCode() >= 500
          || SdkCalls.code(refused).equals("TransactionConflictException")
          || SdkCalls.unheard(refused)) {
        throw new TryAgainException("The ledger is busy: " + refused.getMessage());
      }
      throw refused;
    } catch (SdkClientException unreachable) {
      throw new TryAgainException("The ledger cannot be reached: " + unreachable.getMessage());
    }
  }
}
