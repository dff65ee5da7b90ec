package io.warmfold.local.cloud;

import io.warmfold.job.SdkJson;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The SDK's client of DynamoDB as far as the ledger uses it, which hands requests to the gateway as
 * JSON. Any other operation is refused.
 */
final class DirectDynamoDb implements DynamoDbClient {

  private final DirectCalls calls;
  private final DynamoDbClient bySdk;

  DirectDynamoDb(DirectCalls calls, DynamoDbClient bySdk) {
    this.calls = calls;
    this.bySdk = bySdk;
  }

  private <B extends SdkPojo & SdkBuilder<B, T>, T> T call(
      String operation, SdkPojo request, Supplier<B> answer, Supplier<T> sdk) {
    return calls.call(
        LocalDynamoDb.TARGET_PREFIX,
        operation,
        WireJson.of(request),
        json -> SdkJson.answer(json, answer.get()),
        sdk);
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return call("GetItem", request, GetItemResponse::builder, () -> bySdk.getItem(request));
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return call(
        "BatchGetItem", request, BatchGetItemResponse::builder, () -> bySdk.batchGetItem(request));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return call("Query", request, QueryResponse::builder, () -> bySdk.query(request));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return call("PutItem", request, PutItemResponse::builder, () -> bySdk.putItem(request));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return call(
        "UpdateItem", request, UpdateItemResponse::builder, () -> bySdk.updateItem(request));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return call(
        "DeleteItem", request, DeleteItemResponse::builder, () -> bySdk.deleteItem(request));
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return call(
        "TransactWriteItems",
        request,
        TransactWriteItemsResponse::builder,
        () -> bySdk.transactWriteItems(request));
  }

  @Override
  public String serviceName() {
    return bySdk.serviceName();
  }

  @Override
  public void close() {
    bySdk.close();
  }
}
