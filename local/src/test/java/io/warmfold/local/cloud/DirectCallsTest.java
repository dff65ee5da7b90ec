package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.SdkStepFunctions;
import io.warmfold.flow.StepFunctions;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs;
import io.warmfold.job.SdkSageMakerJobs;
import io.warmfold.ledger.DynamoDbTable;
import io.warmfold.ledger.Key;
import io.warmfold.ledger.Table;
import io.warmfold.ledger.Table.Condition;
import io.warmfold.ledger.Table.Write;
import io.warmfold.local.aws.Service;
import io.warmfold.local.aws.ServiceException;
import io.warmfold.study.TryAgainException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Direct calls are held to what the SDK makes of the same answers. */
class DirectCallsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectWriter SORTED =
      JSON.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final String KEY = "ASIATest";
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

  private Recorder recorder;
  private S3Store store;
  private Gateway gateway;
  private final Scripted sageMaker = new Scripted("sagemaker", "SageMaker", "1.1");
  private final Scripted stepFunctions = new Scripted("states", "AWSStepFunctions", "1.0");
  private final Scripted dynamoDb = new Scripted("dynamodb", "DynamoDB_20120810", "1.0");

  /** Takes down what it is asked, and answers what the test says. */
  private static final class Scripted implements Service {
    private final String name;
    private final String targetPrefix;
    private final String jsonVersion;
    private final List<String> asked = new ArrayList<>();
    private BiFunction<String, JsonNode, JsonNode> answer = (operation, input) -> object("{}");

    Scripted(String name, String targetPrefix, String jsonVersion) {
      this.name = name;
      this.targetPrefix = targetPrefix;
      this.jsonVersion = jsonVersion;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String targetPrefix() {
      return targetPrefix;
    }

    @Override
    public String jsonVersion() {
      return jsonVersion;
    }

    @Override
    public JsonNode call(String operation, JsonNode input) {
      asked.add(operation + sorted(input));
      return answer.apply(operation, input);
    }

    private static String sorted(JsonNode input) {
      try {
        return SORTED.writeValueAsString(JSON.convertValue(input, Map.class));
      } catch (IOException broken) {
        throw new IllegalArgumentException(broken);
      }
    }

    void refuse(int status, String code) {
      answer =
          (operation, input) -> {
            throw new ServiceException(status, code, "because of " + code);
          };
    }
  }

  /** A function instance's way to the services, direct or by the SDK alone. */
  private record Way(
      FunctionInstance.Sandbox sandbox,
      SageMakerJobs jobs,
      StepFunctions stepFunctions,
      Table table) {}

  @BeforeEach
  void open() throws Exception {
    recorder = Recorder.to(folder.resolve("calls.jsonl"), InstantSource.fixed(Instant.EPOCH));
    store = S3Store.in(folder.resolve("s3"));
    gateway = new Gateway("us-east-1", "123456789012", recorder, store, trouble -> {});
    gateway.serve(sageMaker);
    gateway.serve(stepFunctions);
    gateway.serve(dynamoDb);
  }

  @AfterEach
  void close() throws IOException {
    recorder.close();
    store.close();
  }

  private Way way(boolean direct) {
    var sandbox = new FunctionInstance.Sandbox(new LocalHttpClient(gateway));
    var calls = new DirectCalls(gateway, KEY, sandbox, Optional.empty());
    SdkHttpClient http = direct ? calls : sandbox;
    SageMakerClient sdk = client(SageMakerClient.builder(), http);
    SfnClient sfn = client(SfnClient.builder(), http);
    var jobs = new SdkSageMakerJobs(() -> sdk);
    var answers = new SdkStepFunctions(() -> sfn);
    DynamoDbClient client = client(DynamoDbClient.builder(), http);
    return direct
        ? new Way(
            sandbox,
            calls.jobs(jobs),
            calls.stepFunctions(answers),
            new DynamoDbTable(calls.dynamoDb(client), "ledger"))
        : new Way(sandbox, jobs, answers, new DynamoDbTable(client, "ledger"));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, SdkHttpClient http) {
    return builder
        .httpClient(http)
        .credentialsProvider(FunctionPlatforms.credentials(KEY))
        .region(Region.US_EAST_1)
        .overrideConfiguration(b -> b.retryStrategy(retries -> retries.maxAttempts(1)))
        .build();
  }

  private static JsonNode node(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) node(json);
  }

  /** What came of a call: its result, or what it threw, and what the services were asked. */
  private String outcome(boolean direct, Function<Way, Object> call) {
    sageMaker.asked.clear();
    stepFunctions.asked.clear();
    dynamoDb.asked.clear();
    Way way = way(direct);
    Object[] result = new Object[1];
    Throwable thrown = catchThrowable(() -> result[0] = call.apply(way));
    String how =
        thrown == null
            ? String.valueOf(result[0])
            // The request's id differs between any two answers.
            : thrown.getClass().getSimpleName()
                + ": "
                + thrown.getMessage().replaceAll("Request ID: [-0-9a-f]+", "Request ID");
    return how + " after " + sageMaker.asked + stepFunctions.asked + dynamoDb.asked;
  }

  private static Object create(Way way) {
    return way.jobs()
        .create(
            JobKind.FOLD,
            object(
                """
                {"TrainingJobName": "warmfold-a-t0-f0", "RoleArn": "arn:aws:iam::123456789012:role/r",
                 "HyperParameters": {"eta": "0.1"}, "EnableManagedSpotTraining": true,
                 "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1,
                                    "VolumeSizeInGB": 30, "KeepAlivePeriodInSeconds": 120},
                 "Tags": [{"Key": "Study", "Value": "a"}]}
                """));
  }

  private static Object describe(Way way) {
    return way.jobs().describe(JobKind.FOLD, "warmfold-a-t0-f0");
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
    return outcome(direct, operation::of).replaceAll("\"ClientRequestToken\":\"[-0-9a-f]+\",", "");
  }

  private static Object succeed(Way way) {
    way.stepFunctions().succeed("token", object("{\"Trial\": 3}"));
    return "told";
  }

  @Test
  void aJobIsCreatedAndAnAnswerGivenWithTheSameRequest() {
    assertThat(outcome(true, DirectCallsTest::create))
        .isEqualTo(outcome(false, DirectCallsTest::create))
        .startsWith("true after [CreateTrainingJob{")
        .contains("\"KeepAlivePeriodInSeconds\":120");
    assertThat(outcome(true, DirectCallsTest::succeed))
        .isEqualTo(outcome(false, DirectCallsTest::succeed))
        .startsWith("told after [][SendTaskSuccess{");
  }

  @Test
  void aDescriptionIsReadAlike() {
    sageMaker.answer =
        (operation, input) ->
            object(
                """
                {"TrainingJobName": "warmfold-a-t0-f0", "TrainingJobStatus": "Completed",
                 "SecondaryStatus": "Completed", "CreationTime": 1764150000.125,
                 "TrainingStartTime": 1764150020, "TrainingEndTime": 1764150140.5,
                 "BillableTimeInSeconds": 120, "HyperParameters": {"eta": "0.1"},
                 "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 2,
                                    "VolumeSizeInGB": 30},
                 "FinalMetricDataList": [
                   {"MetricName": "validation:rmse", "Value": 0.1234567, "Timestamp": 1764150139}],
                 "ModelArtifacts": {"S3ModelArtifacts": "s3://b/model.tar.gz"},
                 "WarmPoolStatus": {"Status": "Reused", "ReusedByJob": "warmfold-a-t0-f1"}}
                """);

    assertThat(outcome(true, DirectCallsTest::describe))
        .isEqualTo(outcome(false, DirectCallsTest::describe))
        .contains("billable", "0.1234567", "warmfold-a-t0-f1");
  }

  @ParameterizedTest
  @EnumSource
  void theTableIsReadAndWrittenWithTheSameRequests(OfTable operation) {
    dynamoDb.answer =
        (name, input) ->
            switch (name) {
              case "GetItem" -> object("{\"Item\": " + ITEM + ", \"OfTomorrow\": 1}");
              case "BatchGetItem" ->
                  dynamoDb.asked.size() == 1
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
    dynamoDb.refuse(status, code);

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
    dynamoDb.answer =
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

  @ParameterizedTest
  @CsvSource({
    "400, ResourceInUse",
    "400, ResourceLimitExceeded",
    "400, ThrottlingException",
    "400, ValidationException",
    "400, AccessDeniedException",
    "403, ExpiredTokenException",
    "500, InternalFailure",
    "503, ServiceUnavailable"
  })
  void aRefusalOfSageMakerIsTheSame(int status, String code) {
    sageMaker.refuse(status, code);

    assertThat(outcome(true, DirectCallsTest::create))
        .isEqualTo(outcome(false, DirectCallsTest::create));
    assertThat(outcome(true, DirectCallsTest::describe))
        .isEqualTo(outcome(false, DirectCallsTest::describe));
    assertThat(sageMaker.asked).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, TaskTimedOut",
    "400, TaskDoesNotExist",
    "400, InvalidToken",
    "400, AccessDeniedException",
    "400, ThrottlingException",
    "500, InternalFailure"
  })
  void aRefusalOfStepFunctionsIsTheSame(int status, String code) {
    stepFunctions.refuse(status, code);

    assertThat(outcome(true, DirectCallsTest::succeed))
        .isEqualTo(outcome(false, DirectCallsTest::succeed));
  }

  @Test
  void aCallAfterARefusalReachesItsService() {
    Way way = way(true);
    sageMaker.refuse(400, "ResourceInUse");
    assertThat(create(way)).isEqualTo(false);
    sageMaker.answer = (operation, input) -> object("{}");

    assertThat(create(way)).isEqualTo(true);
    assertThat(way.jobs().describe(JobKind.TRANSFORM, "t")).isNotNull();
    assertThat(sageMaker.asked).hasSize(3);

    dynamoDb.refuse(400, "ConditionalCheckFailedException");
    assertThat(OfTable.PUT_ITEM.of(way)).isEqualTo(false);
    dynamoDb.answer = (operation, input) -> object("{}");
    assertThat(OfTable.PUT_ITEM.of(way)).isEqualTo(true);
    assertThat(dynamoDb.asked).hasSize(2);
  }

  @Test
  void anInstanceThatHasTimedOutReachesNothing() {
    Way way = way(true);
    way.sandbox().cutOff();

    assertThat(catchThrowable(() -> create(way))).isInstanceOf(TryAgainException.class);
    assertThat(catchThrowable(() -> succeed(way))).isInstanceOf(TryAgainException.class);
    assertThat(catchThrowable(() -> OfTable.GET_ITEM.of(way)))
        .isInstanceOf(TryAgainException.class);
    assertThat(dynamoDb.asked).isEmpty();
    assertThat(sageMaker.asked).isEmpty();
    assertThat(stepFunctions.asked).isEmpty();
  }

  @Test
  void aChangeOfARequestAfterItsCallIsNotSeen() {
    List<JsonNode> inputs = new ArrayList<>();
    sageMaker.answer =
        (operation, input) -> {
          inputs.add(input);
          return object("{}");
        };
    ObjectNode request = object("{\"TrainingJobName\": \"a\"}");

    way(true).jobs().create(JobKind.FINAL, request);
    request.put("TrainingJobName", "b");

    assertThat(inputs.getFirst()).isEqualTo(object("{\"TrainingJobName\": \"a\"}"));
  }
}
