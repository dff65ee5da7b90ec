package io.warmfold.local.cloud;

import io.warmfold.local.Timeline;
import io.warmfold.local.aws.EventSink;
import io.warmfold.local.aws.FunctionHost;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.aws.Service;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Makes the services of a local cloud that are more than storage. */
public interface CloudServices {

  /**
   * What a service stands on.
   *
   * @param work the work folder
   * @param remembers whether a service keeps its resources under the work folder
   * @param objects the local S3's objects
   * @param events takes the service's events
   * @param functions the functions as the state machine may invoke them
   * @param random a source of chance of the service's own
   */
  record Foundation(
      Timeline timeline,
      Path work,
      boolean remembers,
      Stack stack,
      S3Folder objects,
      EventSink events,
      FunctionHost functions,
      RandomGenerator random) {}

  /** SageMaker; closed with the cloud if it is {@link AutoCloseable}. */
  Service sageMaker(Foundation foundation);

  /** Step Functions with the stack's state machine in it; closed as SageMaker is. */
  Service stepFunctions(Foundation foundation);
}
