package io.warmfold.study;

import java.util.Map;

/**
 * The batch transform with the best model, in the shapes of {@code CreateTransformJob}.
 *
 * @param batchStrategy {@code MultiRecord} or {@code SingleRecord}; null for SageMaker's own choice
 * @param dataProcessing null for none
 * @param maxConcurrentTransforms requests at once to each instance; null for SageMaker's own choice
 * @param maxPayloadInMB null for SageMaker's own 6 MB
 */
public record TransformDefinition(
    TransformInput transformInput,
    TransformOutput transformOutput,
    TransformResources transformResources,
    String batchStrategy,
    DataProcessing dataProcessing,
    Integer maxConcurrentTransforms,
    Integer maxPayloadInMB,
    Map<String, String> environment) {

  public TransformDefinition {
    environment = Copies.map(environment);
  }

  /** The rows to predict for: features only, in the order of training. */
  public record TransformInput(
      DataSource dataSource, String contentType, String compressionType, String splitType) {}

  /** Where the rows are. */
  public record DataSource(S3DataSource s3DataSource) {}

  /** Where the rows are: {@code S3Prefix} or {@code ManifestFile}. */
  public record S3DataSource(String s3DataType, String s3Uri) {}

  /**
   * Where the predictions go.
   *
   * @param s3OutputPath null for the stack's bucket
   * @param accept MIME type of the predictions; null for the image's own
   * @param kmsKeyId null for none
   */
  public record TransformOutput(
      String s3OutputPath, String accept, String assembleWith, String kmsKeyId) {}

  /**
   * The instances.
   *
   * @param volumeKmsKeyId null for none
   */
  public record TransformResources(String instanceType, int instanceCount, String volumeKmsKeyId) {}

  /** Filters as JSONPath; null where not given. */
  public record DataProcessing(String inputFilter, String outputFilter, String joinSource) {}
}
