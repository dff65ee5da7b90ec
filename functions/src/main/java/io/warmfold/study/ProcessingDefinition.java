package io.warmfold.study;

import java.util.List;
import java.util.Map;

/**
 * A processing job that prepares the data before they are split, in the shapes of {@code
 * CreateProcessingJob}.
 *
 * @param processingOutputConfig where its output goes; the data of the study are usually there
 * @param stoppingCondition the time it may take
 * @param networkConfig null for none
 * @param roleArn null for the stack's own
 */
public record ProcessingDefinition(
    List<Input> processingInputs,
    OutputConfig processingOutputConfig,
    Resources processingResources,
    AppSpecification appSpecification,
    Map<String, String> environment,
    NetworkConfig networkConfig,
    StoppingCondition stoppingCondition,
    String roleArn) {

  public ProcessingDefinition {
    processingInputs = Copies.list(processingInputs);
    environment = Copies.map(environment);
  }

  /** One of at most ten inputs. */
  public record Input(String inputName, S3Input s3Input) {}

  /** Objects that are put into the container's file system before it starts. */
  public record S3Input(
      String s3Uri,
      String localPath,
      String s3DataType,
      String s3InputMode,
      String s3DataDistributionType,
      String s3CompressionType) {}

  /**
   * What is uploaded.
   *
   * @param kmsKeyId null for none
   */
  public record OutputConfig(List<Output> outputs, String kmsKeyId) {
    public OutputConfig {
      outputs = Copies.list(outputs);
    }
  }

  /** One of at most ten outputs. */
  public record Output(String outputName, S3Output s3Output) {}

  /** A folder of the container that is uploaded to a prefix. */
  public record S3Output(String s3Uri, String localPath, String s3UploadMode) {}

  /** The instances. */
  public record Resources(ClusterConfig clusterConfig) {}

  /**
   * The instances.
   *
   * @param volumeKmsKeyId null for none
   */
  public record ClusterConfig(
      int instanceCount, String instanceType, int volumeSizeInGB, String volumeKmsKeyId) {}

  /** The image; an empty entry point is the image's own. */
  public record AppSpecification(
      String imageUri, List<String> containerEntrypoint, List<String> containerArguments) {
    public AppSpecification {
      containerEntrypoint = Copies.list(containerEntrypoint);
      containerArguments = Copies.list(containerArguments);
    }
  }

  /** The network; {@code vpcConfig} may be null. */
  public record NetworkConfig(
      boolean enableInterContainerTrafficEncryption,
      boolean enableNetworkIsolation,
      VpcConfig vpcConfig) {}

  /** The time the job may take. */
  public record StoppingCondition(int maxRuntimeInSeconds) {}
}
