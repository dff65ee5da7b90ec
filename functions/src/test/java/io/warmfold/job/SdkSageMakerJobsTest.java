package io.warmfold.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.FixInputException;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.TryAgainException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.MetricData;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

class SdkSageMakerJobsTest {

  /** SageMaker as it answers now and then. */
  private static final class Moody implements SageMakerClient {
    final Set<String> models = new HashSet<>();
    boolean losesItsAnswer;

    @Override
    public DescribeModelResponse describeModel(DescribeModelRequest request) {
      if (!models.contains(request.modelName())) {
        throw refused("Could not find model");
      }
      return DescribeModelResponse.builder().build();
    }

    @Override
    public CreateModelResponse createModel(CreateModelRequest request) {
      if (request.executionRoleArn().isEmpty()) {
        throw refused("no role");
      }
      models.add(request.modelName());
      if (losesItsAnswer) {
        // The SDK tries again by itself, and this is what it hears then.
        throw refused("Cannot create already existing model");
      }
      return CreateModelResponse.builder().build();
    }

    @Override
    public DescribeTrainingJobResponse describeTrainingJob(DescribeTrainingJobRequest request) {
      return DescribeTrainingJobResponse.builder()
          .trainingJobName(request.trainingJobName())
          .trainingJobStatus("Completed")
          .secondaryStatus("Completed")
          .creationTime(Instant.EPOCH)
          .finalMetricDataList(
              MetricData.builder().metricName("validation:rmse").value(0.1f).build(),
              MetricData.builder().metricName("validation:mae").build())
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static SageMakerException refused(String message) {
    return refused("ValidationException", message);
  }

  private static SageMakerException refused(String code, String message) {
    return (SageMakerException)
        SageMakerException.builder()
            .statusCode(400)
            .message(message)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }

  private final Moody sageMaker = new Moody();
  private final SdkSageMakerJobs jobs = new SdkSageMakerJobs(() -> sageMaker);

  private static ObjectNode model(String role) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("ModelName", "m")
        .put("ExecutionRoleArn", role);
  }

  @Test
  void aModelWhoseCreationGotNoAnswerIsThere() {
    sageMaker.losesItsAnswer = true;
    jobs.createModel(model("arn:aws:iam::123456789012:role/training"));
    assertThat(sageMaker.models).containsExactly("m");
  }

  @Test
  void aModelThatIsRefusedIsTheInputsFault() {
    assertThatThrownBy(() -> jobs.createModel(model(""))).isInstanceOf(FixInputException.class);
  }

  @Test
  void aMetricWithoutAValueIsNone() {
    assertThat(jobs.describe(JobKind.FOLD, "job").orElseThrow().metrics())
        .containsOnlyKeys("validation:rmse")
        .containsEntry("validation:rmse", 0.1);
  }

  private static void meet(String code) {
    SdkCalls.call(
        () -> {
          throw refused(code, "no");
        });
  }

  @Test
  void failuresAreNamedByWhatTheCallerShouldDo() {
    assertThatThrownBy(() -> meet("ThrottlingException")).isInstanceOf(TryAgainException.class);
    assertThatThrownBy(() -> meet("ExpiredTokenException")).isInstanceOf(TryAgainException.class);
    assertThatThrownBy(() -> meet("AccessDeniedException")).isInstanceOf(GiveUpException.class);
    assertThatThrownBy(() -> meet("ValidationException")).isInstanceOf(FixInputException.class);
  }
}
