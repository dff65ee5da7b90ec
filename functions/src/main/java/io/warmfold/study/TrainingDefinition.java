package io.warmfold.study;

import java.util.List;
import java.util.Map;

/**
 * The document's {@code TrainingJobDefinition}: what every fold job and the final training have in
 * common. Channels are not part of it, they are made from the data.
 *
 * @param roleArn null for the stack's own
 * @param outputDataConfig null for the stack's bucket
 * @param vpcConfig null for none
 */
public record TrainingDefinition(
    AlgorithmSpecification algorithmSpecification,
    Map<String, String> staticHyperParameters,
    ResourceConfig resourceConfig,
    StoppingCondition stoppingCondition,
    String roleArn,
    OutputDataConfig outputDataConfig,
    VpcConfig vpcConfig,
    boolean enableNetworkIsolation,
    boolean enableInterContainerTrafficEncryption,
    Map<String, String> environment,
    List<Tag> tags) {

  public TrainingDefinition {
    staticHyperParameters = Copies.map(staticHyperParameters);
    environment = Copies.map(environment);
    tags = Copies.list(tags);
  }

  /**
   * The training image.
   *
   * @param trainingInputMode {@code File} or {@code FastFile}
   * @param metricDefinitions how a custom image's log lines become metrics; the built-in XGBoost
   *     brings its own
   */
  public record AlgorithmSpecification(
      String trainingImage, String trainingInputMode, List<MetricDefinition> metricDefinitions) {
    public AlgorithmSpecification {
      metricDefinitions = Copies.list(metricDefinitions);
    }
  }

  /** A metric that is read from the log; the regular expression has one capture group. */
  public record MetricDefinition(String name, String regex) {}

  /**
   * The instances of one job; a warm pool is reused only by a job with the same ones.
   *
   * @param volumeSizeInGB of each instance
   * @param volumeKmsKeyId null for none
   * @param keepAlivePeriodInSeconds how long an idle instance is kept at most, from 1 to 3600
   */
  public record ResourceConfig(
      String instanceType,
      int instanceCount,
      int volumeSizeInGB,
      String volumeKmsKeyId,
      int keepAlivePeriodInSeconds) {}

  /** The time one fold may take. */
  public record StoppingCondition(int maxRuntimeInSeconds) {}

  /**
   * Where the artifacts of the jobs go.
   *
   * @param s3OutputPath a prefix; null for the stack's bucket
   * @param kmsKeyId null for none
   */
  public record OutputDataConfig(String s3OutputPath, String kmsKeyId) {}
}
