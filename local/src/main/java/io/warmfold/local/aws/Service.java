package io.warmfold.local.aws;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A service of the local cloud that speaks one of AWS's JSON protocols.
 *
 * <p>The same instance answers the functions in-process and, under {@code warmfold up}, anybody on
 * loopback. Implementations are thread-safe.
 */
public interface Service {

  /** The service's name as botocore and the AWS CLI know it, such as {@code sagemaker}. */
  String name();

  /** What stands before the dot in the {@code X-Amz-Target} header, such as {@code SageMaker}. */
  String targetPrefix();

  /** The version of the JSON protocol in the content type: {@code 1.0} or {@code 1.1}. */
  String jsonVersion();

  /**
   * Carries out one operation.
   *
   * @param operation the API's name of it, such as {@code CreateTrainingJob}
   * @param input the request in the API's wire shape; not to be changed
   * @return the response in the API's wire shape (times as seconds since the epoch)
   * @throws ServiceException with the error code that AWS's own service answers in that case
   */
  JsonNode call(String operation, JsonNode input);
}
