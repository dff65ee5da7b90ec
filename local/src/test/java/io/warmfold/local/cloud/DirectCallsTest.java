package io.warmfold.local.cloud;

import static io.warmfold.local.cloud.TwoWays.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.local.cloud.TwoWays.Way;
import io.warmfold.study.TryAgainException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Direct calls are held to what the SDK makes of the same answers. */
class DirectCallsTest {

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
    assertThat(ways.outcome(true, DirectCallsTest::create))
        .isEqualTo(ways.outcome(false, DirectCallsTest::create))
        .startsWith("true after [CreateTrainingJob{")
        .contains("\"KeepAlivePeriodInSeconds\":120");
    assertThat(ways.outcome(true, DirectCallsTest::succeed))
        .isEqualTo(ways.outcome(false, DirectCallsTest::succeed))
        .startsWith("told after [][SendTaskSuccess{");
  }

  @Test
  void aDescriptionIsReadAlike() {
    ways.sageMaker.answer =
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

    assertThat(ways.outcome(true, DirectCallsTest::describe))
        .isEqualTo(ways.outcome(false, DirectCallsTest::describe))
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
    ways.sageMaker.refuse(status, code);

    assertThat(ways.outcome(true, DirectCallsTest::create))
        .isEqualTo(ways.outcome(false, DirectCallsTest::create));
    assertThat(ways.outcome(true, DirectCallsTest::describe))
        .isEqualTo(ways.outcome(false, DirectCallsTest::describe));
    assertThat(ways.sageMaker.asked).hasSize(1);
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
    ways.stepFunctions.refuse(status, code);

    assertThat(ways.outcome(true, DirectCallsTest::succeed))
        .isEqualTo(ways.outcome(false, DirectCallsTest::succeed));
  }

  @Test
  void aCallAfterARefusalReachesItsService() {
    Way way = ways.way(true);
    ways.sageMaker.refuse(400, "ResourceInUse");
    assertThat(create(way)).isEqualTo(false);
    ways.sageMaker.answer = (operation, input) -> object("{}");

    assertThat(create(way)).isEqualTo(true);
    assertThat(way.jobs().describe(JobKind.TRANSFORM, "t")).isNotNull();
    assertThat(ways.sageMaker.asked).hasSize(3);
  }

  @Test
  void anInstanceThatHasTimedOutReachesNothing() {
    Way way = ways.way(true);
    way.sandbox().cutOff();

    assertThat(catchThrowable(() -> create(way))).isInstanceOf(TryAgainException.class);
    assertThat(catchThrowable(() -> succeed(way))).isInstanceOf(TryAgainException.class);
    assertThat(ways.sageMaker.asked).isEmpty();
    assertThat(ways.stepFunctions.asked).isEmpty();
  }

  @Test
  void aChangeOfARequestAfterItsCallIsNotSeen() {
    List<JsonNode> inputs = new ArrayList<>();
    ways.sageMaker.answer =
        (operation, input) -> {
          inputs.add(input);
          return object("{}");
        };
    ObjectNode request = object("{\"TrainingJobName\": \"a\"}");

    ways.way(true).jobs().create(JobKind.FINAL, request);
    request.put("TrainingJobName", "b");

    assertThat(inputs.getFirst()).isEqualTo(object("{\"TrainingJobName\": \"a\"}"));
  }
}
