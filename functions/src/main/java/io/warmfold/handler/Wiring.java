package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmfold.flow.Closing;
import io.warmfold.flow.Files;
import io.warmfold.flow.MetricsLag;
import io.warmfold.flow.Parts;
import io.warmfold.flow.Registration;
import io.warmfold.flow.S3Files;
import io.warmfold.flow.SdkStepFunctions;
import io.warmfold.flow.Splitting;
import io.warmfold.flow.StudyLog;
import io.warmfold.fold.S3ObjectStore;
import io.warmfold.fold.Split;
import io.warmfold.job.InstanceQuotas;
import io.warmfold.job.SdkInstanceQuotas;
import io.warmfold.job.SdkSageMakerJobs;
import io.warmfold.job.StudyPlace;
import io.warmfold.ledger.DynamoDbTable;
import io.warmfold.ledger.Ledger;
import io.warmfold.model.SdkRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Puts the parts of a function together; clients that few need are made at their first call. */
final class Wiring {

  private final Platform platform;
  private final Parts parts;
  private final Supplier<SageMakerClient> sageMaker;
  private final Supplier<S3Client> s3;

  Wiring(Platform platform, String function) {
    this.platform = platform;
    this.sageMaker = once(() -> build(SageMakerClient.builder()));
    this.s3 = once(() -> build(storage(platform)));
    Supplier<SfnClient> sfn = once(() -> build(SfnClient.builder()));
    this.parts =
        new Parts(
            new Ledger(
                platform
                    .shortcuts()
                    .table()
                    .orElseGet(
                        () ->
                            new DynamoDbTable(
                                platform.shortcuts().dynamoDb(build(DynamoDbClient.builder())),
                                platform.variable("TABLE_NAME"))),
                platform.clock()),
            platform.shortcuts().jobs(new SdkSageMakerJobs(sageMaker)),
            platform.shortcuts().stepFunctions(new SdkStepFunctions(sfn)),
            new StudyPlace(
                platform.variable("BUCKET_NAME"),
                platform.variable("NAME_PREFIX"),
                platform.variable("TRAINING_ROLE_ARN")),
            metricsLag(),
            platform.clock(),
            new StudyLog(platform.log(), platform.clock(), function));
  }

  /** An installation that an older template made does not say. */
  private MetricsLag metricsLag() {
    var seconds = platform.variables().getOrDefault("METRICS_LAG_SECONDS", "150");
    return new MetricsLag(
        Duration.ofSeconds(Long.parseLong(seconds)),
        pause -> {
          try {
            Thread.sleep(pause);
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  Parts parts() {
    return parts;
  }

  Platform platform() {
    return platform;
  }

  Splitting splitting(ObjectMapper mapper) {
    return new Splitting(
        parts,
        new Split(new S3ObjectStore(s3.get())),
        seal -> mapper.convertValue(seal, JsonNode.class));
  }

  Registration registration() {
    return new Registration(parts, new SdkRegistry(sageMaker.get()), files());
  }

  InstanceQuotas quotas() {
    return new SdkInstanceQuotas(
        once(() -> build(ServiceQuotasClient.builder())), platform.clock());
  }

  Closing closing() {
    return new Closing(parts, files());
  }

  private static S3ClientBuilder storage(Platform platform) {
    var builder = S3Client.builder().forcePathStyle(platform.pathStyle());
    // The local store may hang up before the checksum that S3 takes behind a body has been sent.
    return platform.pathStyle()
        ? builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        : builder;
  }

  private Files files() {
    return new S3Files(s3.get(), platform.variable("BUCKET_NAME"));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
    platform
        .maxAttempts()
        .ifPresent(
            most ->
                builder.overrideConfiguration(
                    client -> client.retryStrategy(retries -> retries.maxAttempts(most))));
    return builder
        .httpClient(platform.http())
        .credentialsProvider(platform.credentials())
        .region(Region.of(platform.variable("AWS_REGION")))
        .build();
  }

  private static <T> Supplier<T> once(Supplier<T> make) {
    return new Supplier<>() {
      private T made;

      @Override
      public T get() {
        if (made == null) {
          made = make.get();
        }
        return made;
      }
    };
  }
}
