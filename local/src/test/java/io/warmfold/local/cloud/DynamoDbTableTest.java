package io.warmfold.local.cloud;

import io.warmfold.ledger.DynamoDbTable;
import io.warmfold.ledger.Table;
import io.warmfold.ledger.TableContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The ledger's table on DynamoDB, by the SDK and the template's own definition of the table. */
class DynamoDbTableTest extends TableContract {

  @TempDir Path folder;
  private LocalDynamoDb database;

  @Override
  protected Table emptyTable() throws Exception {
    var stack = StackReader.read(Path.of("..", "template.yaml"), StackReader.Settings.of(Map.of()));
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
    return new DynamoDbTable(
        DynamoDbClient.builder()
            .httpClient(new LocalHttpClient(gateway))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("anybody", "local")))
            .build(),
        stack.table().name());
  }

  @AfterEach
  void close() {
    database.close();
  }
}
