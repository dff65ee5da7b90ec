package io.warmfold.local.cloud;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteStatement;
import com.amazonaws.services.dynamodbv2.exceptions.DynamoDBLocalServiceException;
import com.amazonaws.services.dynamodbv2.local.dispatchers.BatchGetItemDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.BatchWriteItemDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.CreateTableDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.DeleteItemDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.DeleteTableDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.DescribeLimitsDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.DescribeTableDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.DescribeTimeToLiveDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.Dispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.ExecuteStatementDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.GetItemDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.ListTablesDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.PutItemDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.QueryDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.ScanDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.TransactGetItemsDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.TransactWriteItemsDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.UpdateItemDispatcher;
import com.amazonaws.services.dynamodbv2.local.dispatchers.UpdateTimeToLiveDispatcher;
import com.amazonaws.services.dynamodbv2.local.exceptions.ExceptionBean;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.shared.mapper.DynamoDBObjectMapper;
import com.amazonaws.services.dynamodbv2.model.BatchGetItemRequest;
import com.amazonaws.services.dynamodbv2.model.BatchWriteItemRequest;
import com.amazonaws.services.dynamodbv2.model.CreateTableRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteItemRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteTableRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeLimitsRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeTableRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeTimeToLiveRequest;
import com.amazonaws.services.dynamodbv2.model.ExecuteStatementRequest;
import com.amazonaws.services.dynamodbv2.model.GetItemRequest;
import com.amazonaws.services.dynamodbv2.model.ListTablesRequest;
import com.amazonaws.services.dynamodbv2.model.PutItemRequest;
import com.amazonaws.services.dynamodbv2.model.QueryRequest;
import com.amazonaws.services.dynamodbv2.model.ScanRequest;
import com.amazonaws.services.dynamodbv2.model.TransactGetItemsRequest;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateItemRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateTimeToLiveRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.Service;
import io.warmfold.local.aws.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * DynamoDB Local in this process: AWS's own emulation, spoken to in its wire format but without its
 * server.
 *
 * <p>Kept in a folder, every write is on disk before it is answered, so that a run survives the
 * death of its process. Thread-safe.
 */
public final class LocalDynamoDb implements Service, AutoCloseable {

  static final String TARGET_PREFIX = "DynamoDB_20120810";

  /** All callers share one database, whatever their credentials. */
  private static final String ACCESS_KEY = "warmfold";

  private record Operation<T>(Class<T> request, Dispatcher<T> dispatcher) {}

  private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DynamoDBObjectMapper wire = new DynamoDBObjectMapper();
  private final Map<String, Operation<?>> operations = new LinkedHashMap<>();
  private final LocalDynamoDBRequestHandler database;
  private final String region;

  private LocalDynamoDb(LocalDynamoDBRequestHandler database, String region) {
    this.database = database;
    this.region = region;
    add("BatchGetItem", BatchGetItemRequest.class, BatchGetItemDispatcher::new);
    add("BatchWriteItem", BatchWriteItemRequest.class, BatchWriteItemDispatcher::new);
    add("CreateTable", CreateTableRequest.class, CreateTableDispatcher::new);
    add("DeleteItem", DeleteItemRequest.class, DeleteItemDispatcher::new);
    add("DeleteTable", DeleteTableRequest.class, DeleteTableDispatcher::new);
    add("DescribeLimits", DescribeLimitsRequest.class, DescribeLimitsDispatcher::new);
    add("DescribeTable", DescribeTableRequest.class, DescribeTableDispatcher::new);
    add("DescribeTimeToLive", DescribeTimeToLiveRequest.class, DescribeTimeToLiveDispatcher::new);
    add("ExecuteStatement", ExecuteStatementRequest.class, ExecuteStatementDispatcher::new);
    add("GetItem", GetItemRequest.class, GetItemDispatcher::new);
    add("ListTables", ListTablesRequest.class, ListTablesDispatcher::new);
    add("PutItem", PutItemRequest.class, PutItemDispatcher::new);
    add("Query", QueryRequest.class, QueryDispatcher::new);
    add("Scan", ScanRequest.class, ScanDispatcher::new);
    add("TransactGetItems", TransactGetItemsRequest.class, TransactGetItemsDispatcher::new);
    add("TransactWriteItems", TransactWriteItemsRequest.class, TransactWriteItemsDispatcher::new);
    add("UpdateItem", UpdateItemRequest.class, UpdateItemDispatcher::new);
    add("UpdateTimeToLive", UpdateTimeToLiveRequest.class, UpdateTimeToLiveDispatcher::new);
  }

  private <T> void add(
      String name,
      Class<T> request,
      Function<com.fasterxml.jackson.databind.ObjectMapper, Dispatcher<T>> dispatcher) {
    operations.put(name, new Operation<>(request, dispatcher.apply(wire)));
  }

  /** A database whose tables are kept in a folder. */
  public static LocalDynamoDb in(Path folder, String region) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("shared-local-instance.db");
    if (Files.notExists(file)) {
      SQLITE_LOG.setLevel(Level.WARNING);
      // Loads the native library, which is DynamoDB Local's own affair.
      try (LocalDynamoDb loader = inMemory(region)) {
        loader.call("ListTables", JsonNodeFactory.instance.objectNode());
      }
      logAhead(file);
    }
    return new LocalDynamoDb(
        new LocalDynamoDBRequestHandler(0, false, folder.toString(), true, false), region);
  }

  /**
   * Lets SQLite write ahead to a log, which the file remembers: as durable as its default and a
   * quarter of the time, because a write then waits for the disk once.
   */
  private static void logAhead(Path file) throws IOException {
    SQLiteConnection connection = new SQLiteConnection(file.toFile());
    try {
      connection.open(true);
      SQLiteStatement statement = connection.prepare("PRAGMA journal_mode=WAL");
      statement.step();
      statement.dispose();
    } catch (SQLiteException e) {
      throw new IOException("the local DynamoDB's file " + file + " cannot be opened", e);
    } finally {
      connection.dispose();
    }
  }

  /** A database that is gone when it is closed. */
  public static LocalDynamoDb inMemory(String region) {
    return new LocalDynamoDb(new LocalDynamoDBRequestHandler(0, true, null, true, false), region);
  }

  @Override
  public String name() {
    return "dynamodb";
  }

  @Override
  public String targetPrefix() {
    return TARGET_PREFIX;
  }

  @Override
  public String jsonVersion() {
    return "1.0";
  }

  @Override
  public JsonNode call(String operation, JsonNode input) {
    Operation<?> known = operations.get(operation);
    if (known == null) {
      throw new ServiceException(
          "UnknownOperationException", "The local DynamoDB does not know " + operation + ".");
    }
    try {
      return JSON.readTree(enact(known, input));
    } catch (DynamoDBLocalServiceException e) {
      throw refusal(e);
    } catch (IOException e) {
      throw new ServiceException("SerializationException", String.valueOf(e.getMessage()));
    }
  }

  private <T> byte[] enact(Operation<T> operation, JsonNode input) throws IOException {
    T request = wire.readValue(wire.treeAsTokens(input), operation.request());
    return operation.dispatcher().enact(ACCESS_KEY, region, request, database);
  }

  private ServiceException refusal(DynamoDBLocalServiceException e) {
    ObjectNode body =
        wire.convertValue(
            new ExceptionBean(
                e.getErrorCode(), e.getMessage(), e.getCancellationReasons(), e.getItem()),
            ObjectNode.class);
    String type = body.path("__type").asText();
    Map<String, JsonNode> details = new LinkedHashMap<>();
    for (String detail : new String[] {"CancellationReasons", "Item"}) {
      if (body.hasNonNull(detail)) {
        details.put(detail, body.get(detail));
      }
    }
    return new ServiceException(
        e.getStatusCode(), type.substring(type.indexOf('#') + 1), e.getMessage(), details);
  }

  /** Makes a table of a stack unless it is there already. */
  void ensure(Stack.Table table) {
    try {
      call("CreateTable", table.create());
    } catch (ServiceException e) {
      if (!e.code().equals("ResourceInUseException")) {
        throw e;
      }
      return;
    }
    table
        .timeToLive()
        .ifPresent(
            attribute -> {
              ObjectNode input = JsonNodeFactory.instance.objectNode();
              input.put("TableName", table.name());
              input
                  .putObject("TimeToLiveSpecification")
                  .put("AttributeName", attribute)
                  .put("Enabled", true);
              call("UpdateTimeToLive", input);
            });
  }

  @Override
  public void close() {
    database.shutdown();
  }
}
