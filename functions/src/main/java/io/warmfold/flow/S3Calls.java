package io.warmfold.flow;

import io.warmfold.job.SdkCalls;
import io.warmfold.study.FixInputException;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.TryAgainException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Names the failures of S3 by what the caller should do. */
final class S3Calls {

  private S3Calls() {}

  /**
   * Makes a call.
   *
   * @throws TryAgainException when S3 is throttled, failing or out of reach, or has not heard the
   *     call in time
   * @throws GiveUpException when it denies access
   * @throws FixInputException when it refuses for another reason, such as a bucket that is missing
   */
  static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException refused) {
      if (refused.isThrottlingException() || refused.statusCode() >= 500) {
        throw new TryAgainException("S3 is busy: " + refused.getMessage());
      }
      if (passes(refused)) {
        throw new TryAgainException("S3 has not heard it in time: " + refused.getMessage());
      }
      throw switch (refused.statusCode()) {
        case 403 -> new GiveUpException("S3 denies access: " + refused.getMessage());
        default -> new FixInputException("S3 refuses: " + refused.getMessage(), refused);
      };
    } catch (SdkClientException | UncheckedIOException unreachable) {
      throw new TryAgainException("S3 cannot be reached: " + unreachable.getMessage());
    }
  }

  /**
   * Whether the next call may find all in order. An upload is gone when it was completed in a try
   * whose answer was lost.
   */
  private static boolean passes(AwsServiceException refused) {
    return switch (SdkCalls.code(refused)) {
      case "NoSuchUpload", "OperationAborted" -> true;
      default -> SdkCalls.unheard(refused);
    };
  }
}
