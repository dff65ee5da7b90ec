package io.warmfold.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmfold.study.TryAgainException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** What DynamoDB answers when nothing is wrong with what it was asked for. */
class DynamoDbTroubleTest {

  /** Refuses whatever it is asked for. */
  private record Refusing(String code) implements DynamoDbClient {

    private RuntimeException refused() {
      return (RuntimeException)
          DynamoDbException.builder()
              .statusCode(400)
              .message("no")
              .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
              .build();
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      throw refused();
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      throw refused();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static final Key KEY = new Key("STUDY#0", "STUDY");

  private static Table table(String code) {
    return new DynamoDbTable(new Refusing(code), "ledger");
  }

  private static void put(Table table) {
    table.write(List.of(new Table.Write.Put(KEY, Json.object(), List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TransactionConflictException", "ExpiredTokenException", "ThrottlingException"})
  void whatPassesIsTriedAgain(String code) {
    assertThatThrownBy(() -> table(code).get(KEY)).isInstanceOf(TryAgainException.class);
    assertThatThrownBy(() -> put(table(code))).isInstanceOf(TryAgainException.class);
  }

  @Test
  void whatDoesNotIsNot() {
    var table = table("ValidationException");
    assertThatThrownBy(() -> put(table)).isInstanceOf(DynamoDbException.class);
  }
}
