package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.TryAgainException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** {@link StepFunctions} by the AWS SDK. */
public final class SdkStepFunctions implements StepFunctions {

  // The API's limits.
  private static final int MAX_ERROR = 256;
  private static final int MAX_CAUSE = 32_768;

  private final Supplier<SfnClient> client;

  /**
   * @param client asked for at each call: most functions make none, and a client is slow to build
   */
  public SdkStepFunctions(Supplier<SfnClient> client) {
    this.client = client;
  }

  @Override
  public void succeed(String token, ObjectNode output) {
    answer(() -> client.get().sendTaskSuccess(b -> b.taskToken(token).output(output.toString())));
  }

  @Override
  public void fail(String token, String error, String cause) {
    answer(
        () ->
            client
                .get()
                .sendTaskFailure(
                    b ->
                        b.taskToken(token)
                            .error(shorten(error, MAX_ERROR))
                            .cause(shorten(cause, MAX_CAUSE))));
  }

  private static String shorten(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static void answer(Supplier<?> call) {
    call(
        () -> {
          try {
            return call.get();
          } catch (TaskTimedOutException | TaskDoesNotExistException nobodyWaits) {
            return null;
          }
        });
  }

  @Override
  public boolean running(String executionArn) {
    return call(
        () -> {
          try {
            return client.get().describeExecution(b -> b.executionArn(executionArn)).status()
                == ExecutionStatus.RUNNING;
          } catch (ExecutionDoesNotExistException gone) {
            return false;
          }
        });
  }

  private static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (SfnException refused) {
      if (refused.isThrottlingException() || refused.statusCode() >= 500) {
        throw new TryAgainException("Step Functions is busy: " + refused.getMessage());
      }
      throw new GiveUpException("Step Functions refuses: " + refused.getMessage());
    } catch (SdkClientException unreachable) {
      throw new TryAgainException("Step Functions cannot be reached: " + unreachable.getMessage());
    }
  }
}
