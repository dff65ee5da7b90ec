package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.SdkStepFunctions;
import io.warmfold.flow.StepFunctions;
import io.warmfold.job.SageMakerJobs;
import io.warmfold.job.SdkSageMakerJobs;
import io.warmfold.ledger.DynamoDbTable;
import io.warmfold.ledger.Table;
import io.warmfold.local.aws.Service;
import io.warmfold.local.aws.ServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** A function instance's two ways to services that answer what a test says: direct, by the SDK. */
final class TwoWays implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectWriter SORTED =
      JSON.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  static final String KEY = "ASIATest";

  final Scripted sageMaker = new Scripted("sagemaker", "SageMaker", "1.1");
  final Scripted stepFunctions = new Scripted("states", "AWSStepFunctions", "1.0");
  final Scripted dynamoDb = new Scripted("dynamodb", "DynamoDB_20120810", "1.0");

  private final Recorder recorder;
  private final S3Store store;
  private final Gateway gateway;

  TwoWays(Path folder) throws IOException {
    recorder = Recorder.to(folder.resolve("calls.jsonl"), InstantSource.fixed(Instant.EPOCH));
    store = S3Store.in(folder.resolve("s3"));
    gateway = new Gateway("us-east-1", "123456789012", recorder, store, trouble -> {});
    gateway.serve(sageMaker);
    gateway.serve(stepFunctions);
    gateway.serve(dynamoDb);
  }

  @Override
  public void close() throws IOException {
    recorder.close();
    store.close();
  }

  /** Takes down what it is asked, and answers what the test says. */
  static final class Scripted implements Service {
    private final String name;
    private final String targetPrefix;
    private final String jsonVersion;
    final List<String> asked = new ArrayList<>();
    BiFunction<String, JsonNode, JsonNode> answer = (operation, input) -> object("{}");

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

  /** One of them. */
  record Way(
      FunctionInstance.Sandbox sandbox,
      SageMakerJobs jobs,
      StepFunctions stepFunctions,
      Table table) {}

  Way way(boolean direct) {
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

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, SdkHttpClient http) {
    return builder
        .httpClient(http)
        .credentialsProvider(FunctionPlatforms.credentials(KEY))
        .region(Region.US_EAST_1)
        .overrideConfiguration(b -> b.retryStrategy(retries -> retries.maxAttempts(1)))
        .build();
  }

  static JsonNode node(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  static ObjectNode object(String json) {
    return (ObjectNode) node(json);
  }

  /** What came of a call: its result, or what it threw, and what the services were asked. */
  String outcome(boolean direct, Function<Way, Object> call) {
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
}
