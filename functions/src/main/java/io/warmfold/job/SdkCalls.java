package io.warmfold.job;

import io.warmfold.study.FixInputException;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.TryAgainException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sagemaker.model.ResourceLimitExceededException;

/** Names the failures of SageMaker's API by what the caller should do. */
public final class SdkCalls {

  private SdkCalls() {}

  /**
   * Makes a call.
   *
   * @throws TryAgainException when SageMaker is throttled, at a quota, failing or out of reach
   * @throws FixInputException when it refuses the request for what is in it
   * @throws GiveUpException when it denies access
   */
  public static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (ResourceLimitExceededException quota) {
      throw new TryAgainException("SageMaker's quota is used up: " + quota.getMessage());
    } catch (AwsServiceException refused) {
      if (refused.isThrottlingException() || refused.statusCode() >= 500) {
        throw new TryAgainException("SageMaker is busy: " + refused.getMessage());
      }
      if (unheard(refused)) {
        throw new TryAgainException("SageMaker has not heard it in time: " + refused.getMessage());
      }
      throw switch (code(refused)) {
        case "AccessDeniedException", "AccessDenied", "UnrecognizedClientException" ->
            new GiveUpException("SageMaker denies access: " + refused.getMessage());
        default -> new FixInputException("SageMaker refuses: " + refused.getMessage());
      };
    } catch (SdkClientException unreachable) {
      throw new TryAgainException("SageMaker cannot be reached: " + unreachable.getMessage());
    } catch (IllegalArgumentException broken) {
      throw new FixInputException(broken.getMessage());
    }
  }

  /**
   * {@link #call}, empty where the API says that there is no such resource, or that the request
   * does not fit the state it is in: SageMaker has one code for both, and its wordings change.
   */
  public static <T> Optional<T> found(Supplier<T> call) {
    return call(
        () -> {
          try {
            return Optional.of(call.get());
          } catch (AwsServiceException refused) {
            if (code(refused).equals("ValidationException")
                || code(refused).startsWith("ResourceNotFound")) {
              return Optional.empty();
            }
            throw refused;
          }
        });
  }

  /**
   * Makes something that has to be there once, if it is not there.
   *
   * @param exists whether it is there
   * @param create makes it, and is refused where it is there
   */
  public static void ensure(BooleanSupplier exists, Supplier<?> create) {
    if (exists.getAsBoolean()) {
      return;
    }
    try {
      call(create);
    } catch (FixInputException refused) {
      // Somebody else may have made it in the meantime, or we ourselves in a try without an answer.
      if (!exists.getAsBoolean()) {
        throw refused;
      }
    }
  }

  /**
   * Whether a service refuses a call for the credentials or the way that it came, which the next
   * one may find in order. The codes are those of all services used here.
   */
  public static boolean unheard(AwsServiceException refused) {
    return switch (code(refused)) {
      case "ExpiredTokenException",
          "ExpiredToken",
          "RequestExpired",
          "RequestTimeoutException",
          "RequestTimeout" ->
          true;
      default -> false;
    };
  }

  /** The error's code; empty if the service gave none. */
  public static String code(AwsServiceException refused) {
    return refused.awsErrorDetails() == null || refused.awsErrorDetails().errorCode() == null
        ? ""
        : refused.awsErrorDetails().errorCode();
  }
}
