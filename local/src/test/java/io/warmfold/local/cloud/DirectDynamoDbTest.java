package io.warmfold.local.cloud;

import static io.warmfold.local.cloud.TwoWays.node;
import static io.warmfold.local.cloud.TwoWays.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.warmfold.ledger.Key;
import io.warmfold.ledger.Table;
import io.warmfold.ledger.Table.Condition;
import io.warmfold.ledger.Table.Write;
import io.warmfold.local.aws.ServiceException;
import io.warmfold.local.cloud.TwoWays.Way;
import io.warmfold.study.TryAgainException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The direct way to DynamoDB is held to what the SDK makes of the same answers. */
class DirectDynamoDbTest {

  private static final String KEYS = "{\"PK\": {\"S\": \"STUDY#a\"}, \"SK\": {\"S\": \"STUDY\"}}";
  private static final String ITEM =
      """
      {"PK": {"S": "STUDY#a"}, "SK": {"S": "STUDY"}, "Score": {"S": "0.25"}, "Trial": {"N": "3"},
       "Open": {"BOOL": true}, "None": {"NULL": true}, "Real": {"N": "0.5"}, "Empty": {"M": {}},
       "List": {"L": [{"N": "1"}, {"M": {"a": {"S": "b"}}}]}}
      """;

  private static final Key STUDY = new Key("STUDY#a", "STUDY");
  private static final Key TRIAL = new Key("STUDY#a", "TRIAL#00001");
  private static final Write PUT =
      new Write.Put(
          TRIAL,
          object(
              """
              {"Trial": 1, "Score": "0.25", "Open": true, "None": null, "Empty": {}, "Real": 0.5,
               "Nothing": [], "List": [1, {"a": "b"}]}
              """),
          List.of(new Condition.NoItem()));
  private static final Write UPDATE =
      new Write.Update(
          TRIAL,
          Map.of("Folds.3", object("{\"Score\": \"0.5\"}")),
          Set.of("Running.3"),
          List.of(new Condition.Absent("Folds.3"), new Condition.Present("Running.3")));
  private static final Write DELETE = new Write.Delete(new Key("STUDY#a", "CLAIM#x"), List.of());
  private static final Write CHECK = new Write.Check(TRIAL, List.of(new Condition.Item()));

  @TempDir Path folder;

  private TwoWays ways;

  @BeforeEach
  void open() throws IOException {
    ways = new TwoWays(folder);
  }

  @AfterEach
  void close() throws IOException {
    ways.close();
  }

  /** What the ledger does with its table, by the operation of DynamoDB. */
  enum OfTable {
    GET_ITEM,
    BATCH_GET_ITEM,
    QUERY,
    QUERY_OF_INDEX,
    PUT_ITEM,
    UPDATE_ITEM,
    DELETE_ITEM,
    TRANSACTION_OF_ONE,
    TRANSACTION,
    TRANSACTION_OF_PUT;

    private Object of(Way way) {
      Table table = way.table();
      return switch (this) {
        case GET_ITEM -> table.get(STUDY);
        case BATCH_GET_ITEM -> table.getAll(List.of(STUDY, TRIAL));
        case QUERY -> table.query("STUDY#a", "TRIAL#00000", "TRIAL#99999");
        case QUERY_OF_INDEX -> table.active();
        case PUT_ITEM -> table.write(List.of(PUT));
        case UPDATE_ITEM -> table.write(List.of(UPDATE));
        case DELETE_ITEM -> table.write(List.of(DELETE));
        case TRANSACTION_OF_ONE -> table.write(List.of(CHECK));
        case TRANSACTION -> table.write(List.of(UPDATE, DELETE));
        case TRANSACTION_OF_PUT -> table.write(List.of(PUT, DELETE));
      };
    }
  }

  /** The outcome; the SDK gives each transaction a token of its own. */
  private String outcome(boolean direct, OfTable operation) {
    return ways.outcome(direct, operation::of)
        .replaceAll("\"ClientRequestToken\":\"[-0-9a-f]+\",", "");
  }

  @ParameterizedTest
  @EnumSource
  void theTableIsReadAndWrittenWithTheSameRequests(OfTable operation) {
    ways.dynamoDb.answer =
        (name, input) ->
            switch (name) {
              case "GetItem" -> object("{\"Item\": " + ITEM + ", \"OfTomorrow\": 1}");
              case "BatchGetItem" ->
                  ways.dynamoDb.asked.size() == 1
                      ? object(
                          "{\"UnprocessedKeys\": {\"ledger\": {\"ConsistentRead\": true, \"Keys\": ["
                              + KEYS
                              + "]}}}")
                      : object("{\"Responses\": {\"ledger\": [" + ITEM + "]}}");
              case "Query" ->
                  input.has("ExclusiveStartKey")
                      ? object("{\"Items\": [], \"Count\": 0, \"ScannedCount\": 0}")
                      : object("{\"Items\": [" + ITEM + "], \"LastEvaluatedKey\": " + KEYS + "}");
              default -> object("{}");
            };

    assertThat(outcome(true, operation))
        .isEqualTo(outcome(false, operation))
        .containsAnyOf("\"Score\":\"0.25\"", "true after [");
  }

  @ParameterizedTest
  @CsvSource({
    "400, ConditionalCheckFailedException",
    "400, TransactionCanceledException",
    "400, TransactionConflictException",
    "400, ProvisionedThroughputExceededException",
    "400, ThrottlingException",
    "400, AccessDeniedException",
    "400, ResourceNotFoundException",
    "400, ValidationException",
    "500, InternalServerError"
  })
  void aRefusalOfDynamoDbIsTheSame(int status, String code) {
    ways.dynamoDb.refuse(status, code);

    assertThat(OfTable.values())
        .allSatisfy(
            operation ->
                assertThat(outcome(true, operation))
                    .isEqualTo(outcome(false, operation))
                    .contains(" after ["));
  }

  @ParameterizedTest
  @CsvSource({"ConditionalCheckFailed, false after", "TransactionConflict, TryAgainException"})
  void whyATransactionIsCancelledIsReadAlike(String reason, String expected) {
    ways.dynamoDb.answer =
        (operation, input) -> {
          throw new ServiceException(
              400,
              "TransactionCanceledException",
              "Transaction cancelled",
              Map.of(
                  "CancellationReasons",
                  node("[{\"Code\": \"None\"}, {\"Code\": \"" + reason + "\"}]")));
        };

    assertThat(outcome(true, OfTable.TRANSACTION))
        .isEqualTo(outcome(false, OfTable.TRANSACTION))
        .startsWith(expected);
  }

  @Test
  void aCallAfterARefusalReachesTheTable() {
    Way way = ways.way(true);
    ways.dynamoDb.refuse(400, "ConditionalCheckFailedException");
    assertThat(OfTable.PUT_ITEM.of(way)).isEqualTo(false);
    ways.dynamoDb.answer = (operation, input) -> object("{}");
    assertThat(OfTable.PUT_ITEM.of(way)).isEqualTo(true);
    assertThat(ways.dynamoDb.asked).hasSize(2);
  }

  @Test
  void anInstanceThatHasTimedOutReachesNoTable() {
    Way way = ways.way(true);
    way.sandbox().cutOff();

    assertThat(catchThrowable(() -> OfTable.GET_ITEM.of(way)))
        .isInstanceOf(TryAgainException.class);
    assertThat(ways.dynamoDb.asked).isEmpty();
  }
}
