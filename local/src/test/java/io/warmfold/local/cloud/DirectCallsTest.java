package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.SdkStepFunctions;
import io.warmfold.flow.StepFunctions;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs;
import io.warmfold.job.SdkSageMakerJobs;
import io.warmfold.ledger.MemoryTable;
import io.warmfold.local.aws.Service;
import io.warmfold.local.aws.ServiceException;
import io.warmfold.study.TryAgainException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Direct calls are held to what the SDK makes of the same answers. */
class DirectCallsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY = "ASIATest";

  @TempDir Path folder;

  private Recorder recorder;
  private S3Store store;
  private Gateway gateway;
  private final Scripted sageMaker = new Scripted("sagemaker", "SageMaker", "1.1");
  private final Scripted stepFunctions = new Scripted("states", "AWSStepFunctions", "1.0");

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
      return JSON.convertValue(input, TreeMap.class).toString();
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
      FunctionInstance.Sandbox sandbox, SageMakerJobs jobs, StepFunctions stepFunctions) {}

  @BeforeEach
  void open() throws Exception {
    recorder = Recorder.to(folder.resolve("calls.jsonl"), InstantSource.fixed(Instant.EPOCH));
    store = S3Store.in(folder.resolve("s3"));
    gateway = new Gateway("us-east-1", "123456789012", recorder, store, trouble -> {});
    gateway.serve(sageMaker);
    gateway.serve(stepFunctions);
  }

  @AfterEach
  void close() throws IOException {
    recorder.close();
    store.close();
  }

  private Way way(boolean direct) {
    var sandbox = new FunctionInstance.Sandbox(new LocalHttpClient(gateway));
    var calls = new DirectCalls(gateway, KEY, sandbox, Optional.of(new MemoryTable()));
    SdkHttpClient http = direct ? calls : sandbox;
    SageMakerClient sdk = client(SageMakerClient.builder(), http);
    SfnClient sfn = client(SfnClient.builder(), http);
    var jobs = new SdkSageMakerJobs(() -> sdk);
    var answers = new SdkStepFunctions(() -> sfn);
    return direct
        ? new Way(sandbox, calls.jobs(jobs), calls.stepFunctions(answers))
        : new Way(sandbox, jobs, answers);
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

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  /** What came of a call: its result, or what it threw, and what the services were asked. */
  private String outcome(boolean direct, Function<Way, Object> call) {
    sageMaker.asked.clear();
    stepFunctions.asked.clear();
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
    return how + " after " + sageMaker.asked + stepFunctions.asked;
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

  private static Object succeed(Way way) {
    way.stepFunctions().succeed("token", object("{\"Trial\": 3}"));
    return "told";
  }

  @Test
  void aJobIsCreatedAndAnAnswerGivenWithTheSameRequest() {
    assertThat(outcome(true, DirectCallsTest::create))
        .isEqualTo(outcome(false, DirectCallsTest::create))
        .startsWith("true after [CreateTrainingJob{")
        .contains("KeepAlivePeriodInSeconds=120");
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
  }

  @Test
  void anInstanceThatHasTimedOutReachesNothing() {
    Way way = way(true);
    way.sandbox().cutOff();

    assertThat(catchThrowable(() -> create(way))).isInstanceOf(TryAgainException.class);
    assertThat(catchThrowable(() -> succeed(way))).isInstanceOf(TryAgainException.class);
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
