package io.warmfold.local.cloud;

import io.warmfold.local.Timeline;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.sagemaker.JobRunner;
import java.nio.file.Path;

/** Makes what runs the jobs of a local cloud. */
@FunctionalInterface
public interface JobRunners {

  /**
   * Makes the runner; SageMaker closes it.
   *
   * @param objects the local S3
   * @param work the work folder
   */
  JobRunner open(Timeline timeline, S3Folder objects, Path work);
}
