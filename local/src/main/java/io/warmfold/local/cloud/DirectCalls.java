package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.StepFunctions;
import io.warmfold.handler.Shortcuts;
import io.warmfold.job.Descriptions;
import io.warmfold.job.JobDescription;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs;
import io.warmfold.ledger.Table;
import io.warmfold.local.aws.ServiceException;
import io.warmfold.local.engine.StepFunctionsService;
import io.warmfold.local.sagemaker.SageMakerService;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The calls that every fold makes, without the SDK's way to HTTP and back, which was a fifth to a
 * quarter of what a simulation computed. A refusal is asked for once more by the SDK, which is
 * given the same answer and makes of it what it would on Lambda; all other calls are made by the
 * SDK anyway.
 *
 * <p>One function instance has one. Thread-safe.
 */
final class DirectCalls implements Shortcuts, SdkHttpClient {

  // The answer that the SDK is given next. It asks in the thread that it is called in, and a table
  // may be used by several.
  private static final ThreadLocal<HttpExecuteResponse> REFUSAL = new ThreadLocal<>();

  private final Gateway gateway;
  private final String accessKey;
  private final FunctionInstance.Sandbox sandbox;
  private final Optional<Table> table;

  /**
   * Calls of one function instance.
   *
   * @param accessKey the key id by which the gateway knows the function
   * @param sandbox the instance's way to AWS
   * @param table what its ledger is kept in; empty for DynamoDB
   */
  DirectCalls(
      Gateway gateway, String accessKey, FunctionInstance.Sandbox sandbox, Optional<Table> table) {
    this.gateway = gateway;
    this.accessKey = accessKey;
    this.sandbox = sandbox;
    this.table = table;
  }

  @Override
  public Optional<Table> table() {
    return table;
  }

  @Override
  public DynamoDbClient dynamoDb(DynamoDbClient bySdk) {
    return new DirectDynamoDb(this, bySdk);
  }

  @Override
  public SageMakerJobs jobs(SageMakerJobs bySdk) {
    return new Jobs(bySdk);
  }

  @Override
  public StepFunctions stepFunctions(StepFunctions bySdk) {
    return new Answers(bySdk);
  }

  /**
   * Calls a service.
   *
   * @param read makes of the answer what is returned
   * @param bySdk makes the same call by the SDK
   */
  <T> T call(
      String target,
      String operation,
      ObjectNode input,
      Function<JsonNode, T> read,
      Supplier<T> bySdk) {
    if (sandbox.gone()) {
      return bySdk.get();
    }
    JsonNode answer;
    try {
      answer = gateway.call(accessKey, target, operation, input);
    } catch (ServiceException e) {
      REFUSAL.set(gateway.refusal(target, e));
      try {
        return bySdk.get();
      } finally {
        REFUSAL.remove();
      }
    }
    return read.apply(answer);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    HttpExecuteResponse answer = REFUSAL.get();
    if (answer == null) {
      return sandbox.prepareRequest(request);
    }
    REFUSAL.remove();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return answer;
      }

      @Override
      public void abort() {
        // The answer is there.
      }
    };
  }

  @Override
  public void close() {
    // What it leads to is shared.
  }

  private final class Jobs implements SageMakerJobs {

    private final SageMakerJobs bySdk;

    private Jobs(SageMakerJobs bySdk) {
      this.bySdk = bySdk;
    }

    @Override
    public boolean create(JobKind kind, ObjectNode request) {
      return switch (kind) {
        case FOLD, FINAL ->
            call(
                SageMakerService.TARGET_PREFIX,
                "CreateTrainingJob",
                request.deepCopy(),
                answer -> true,
                () -> bySdk.create(kind, request));
        case PROCESSING, TRANSFORM -> bySdk.create(kind, request);
      };
    }

    @Override
    public Optional<JobDescription> describe(JobKind kind, String name) {
      return switch (kind) {
        case FOLD, FINAL ->
            call(
                SageMakerService.TARGET_PREFIX,
                "DescribeTrainingJob",
                JsonNodeFactory.instance.objectNode().put("TrainingJobName", name),
                answer -> Optional.of(Descriptions.ofTrainingJob(answer)),
                () -> bySdk.describe(kind, name));
        case PROCESSING, TRANSFORM -> bySdk.describe(kind, name);
      };
    }

    @Override
    public void stop(JobKind kind, String name) {
      bySdk.stop(kind, name);
    }

    @Override
    public boolean releasePool(String trainingJob) {
      return bySdk.releasePool(trainingJob);
    }

    @Override
    public List<Listed> list(String nameContains, Which which) {
      return bySdk.list(nameContains, which);
    }

    @Override
    public void createModel(ObjectNode request) {
      bySdk.createModel(request);
    }

    @Override
    public void deleteModel(String name) {
      bySdk.deleteModel(name);
    }
  }

  private final class Answers implements StepFunctions {

    private final StepFunctions bySdk;

    private Answers(StepFunctions bySdk) {
      this.bySdk = bySdk;
    }

    @Override
    public void succeed(String token, ObjectNode output) {
      call(
          StepFunctionsService.TARGET_PREFIX,
          "SendTaskSuccess",
          JsonNodeFactory.instance
              .objectNode()
              .put("taskToken", token)
              .put("output", output.toString()),
          answer -> true,
          () -> {
            bySdk.succeed(token, output);
            return true;
          });
    }

    @Override
    public void fail(String token, String error, String cause) {
      bySdk.fail(token, error, cause);
    }

    @Override
    public boolean running(String executionArn) {
      return bySdk.running(executionArn);
    }
  }
}
