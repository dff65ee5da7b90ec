package io.warmfold.local.cloud;

import io.warmfold.ledger.DynamoDbTable;
import io.warmfold.ledger.Table;
import io.warmfold.ledger.TableContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The ledger's table on DynamoDB Local, by the template's own definition of the table. */
class DynamoDbTableTest {

  abstract static class OnDynamoDbLocal extends TableContract {

    @TempDir Path folder;
    private LocalDynamoDb database;

    @Override
    protected Table emptyTable() throws Exception {
      var stack =
          StackReader.read(Path.of("..", "template.yaml"), StackReader.Settings.of(Map.of()));
      database = LocalDynamoDb.inMemory("us-east-1");
      database.ensure(stack.table());
      var gateway =
          new Gateway(
              "us-east-1",
              "123456789012",
              Recorder.none(),
              S3Store.in(folder.resolve("s3")),
              trouble -> {});
      gateway.serve(database);
      return new DynamoDbTable(client(gateway), stack.table().name());
    }

    abstract DynamoDbClient client(Gateway gateway);

    static DynamoDbClient bySdk(SdkHttpClient http) {
      return TwoWays.client(DynamoDbClient.builder(), http);
    }

    @AfterEach
    void close() {
      database.close();
    }
  }

  @Nested
  class BySdk extends OnDynamoDbLocal {
    @Override
    DynamoDbClient client(Gateway gateway) {
      return bySdk(new LocalHttpClient(gateway));
    }
  }

  @Nested
  class Direct extends OnDynamoDbLocal {
    @Override
    DynamoDbClient client(Gateway gateway) {
      var sandbox = new FunctionInstance.Sandbox(new LocalHttpClient(gateway));
      var calls = new DirectCalls(gateway, TwoWays.KEY, sandbox, Optional.empty());
      return calls.dynamoDb(bySdk(calls));
    }
  }
}
