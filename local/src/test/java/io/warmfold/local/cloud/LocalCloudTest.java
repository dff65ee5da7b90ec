package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.local.VirtualTimeline;
import io.warmfold.local.aws.FunctionHost.Outcome;
import io.warmfold.local.sagemaker.JobRunner;
import io.warmfold.local.sagemaker.SageMakerSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

class LocalCloudTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path TEMPLATE = Path.of("..", "template.yaml");

  private static final SageMakerSettings SETTINGS =
      SageMakerSettings.unlimited("123456789012", "us-east-1", new SplittableRandom(4));

  private static final CloudOptions OPTIONS =
      CloudOptions.of(new SplittableRandom(1))
          .with(Delivery.retriedAfter(List.of()).withoutSchedules());

  @TempDir Path work;

  private static final JobRunner NO_JOBS =
      (job, warm, progress) -> {
        throw new AssertionError("no job is started here");
      };

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);

  private LocalCloud open() throws IOException {
    return open(OPTIONS);
  }

  private LocalCloud open(CloudOptions options) throws IOException {
    return LocalCloud.open(
        work, timeline, TEMPLATE, options, SETTINGS, (clock, objects, folder) -> NO_JOBS);
  }

  private static DynamoDbClient dynamo(LocalCloud cloud) {
    return DynamoDbClient.builder()
        .region(Region.US_EAST_1)
        .httpClient(cloud.http())
        .credentialsProvider(cloud.credentials())
        .build();
  }

  @Test
  void aFolderIsForOneProcessAndIsTakenUpAgain() throws IOException {
    Map<String, AttributeValue> item =
        Map.of("PK", AttributeValue.fromS("a"), "SK", AttributeValue.fromS("b"));
    try (LocalCloud cloud = open()) {
      dynamo(cloud).putItem(b -> b.tableName(cloud.stack().table().name()).item(item));
      assertThatThrownBy(this::open)
          .isInstanceOf(WorkFolderInUseException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
    }
    try (LocalCloud cloud = open()) {
      assertThat(
              dynamo(cloud)
                  .getItem(b -> b.tableName(cloud.stack().table().name()).key(item))
                  .item())
          .isEqualTo(item);
    }
  }

  @Test
  void uploadedDataCanBeReadByTheFunctions() throws IOException {
    Path file = Files.writeString(work.resolve("mine.csv"), "a,b\n1,2\n");
    try (LocalCloud cloud = open()) {
      assertThat(cloud.upload(file, "s3://my-data/in/")).isEqualTo("s3://my-data/in/mine.csv");
      assertThat(cloud.objects().file("s3://my-data/in/mine.csv")).hasSameTextualContentAs(file);
      Policy policy = cloud.stack().functions().get("ShardObject").policy();
      assertThat(policy.decide("s3:GetObject", "arn:aws:s3:::my-data/in/mine.csv", Map.of()))
          .isEqualTo(Policy.Decision.ALLOWED);
      assertThat(policy.decide("s3:GetObject", "arn:aws:s3:::other/in/mine.csv", Map.of()))
          .isEqualTo(Policy.Decision.NOT_ALLOWED);
    }
  }

  @Test
  void everythingIsInOneAccount() throws IOException {
    SageMakerSettings elsewhere =
        SageMakerSettings.unlimited("111122223333", "eu-west-1", new SplittableRandom(4));
    try (LocalCloud cloud =
        LocalCloud.open(
            work, timeline, TEMPLATE, OPTIONS, elsewhere, (clock, objects, folder) -> NO_JOBS)) {
      cloud.upload(Files.writeString(work.resolve("mine.csv"), "1,2\n"), "s3://my-data/");
      assertThat(cloud.stack().functions().get("StartJob").arn())
          .startsWith("arn:aws:lambda:eu-west-1:111122223333:");
      assertThat(cloud.stack().stateMachine().roleArn()).contains("::111122223333:");
    }
  }

  @Test
  void theMachineInvokesRealHandlersAndIsRecorded() throws IOException {
    Path recording = work.resolve("calls.jsonl");
    try (LocalCloud cloud = open(OPTIONS.with(Witnesses.none().recordingTo(recording)))) {
      List<Outcome> outcomes = new ArrayList<>();
      JsonNode payload = JSON.readTree("{\"Document\":{\"StudyName\":\"x\"}}");
      cloud
          .functions()
          .invoke(cloud.stack().functions().get("OpenStudy").arn(), payload, outcomes::add);
      cloud
          .functions()
          .invoke(cloud.stack().functions().get("Reconcile").arn(), payload, outcomes::add);
      timeline.runUntilIdle();

      assertThat(outcomes)
          .extracting(outcome -> ((Outcome.Threw) outcome).errorType())
          .containsExactlyInAnyOrder(
              "io.warmfold.study.FixInputException", "Lambda.AWSLambdaException");
    }
    assertThat(Files.readAllLines(recording))
        .filteredOn(line -> line.contains("\"service\":\"lambda\""))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("\"function\":\"StudyMachine\""));
  }

  @Test
  void theFrontSpeaksToClientsOverLoopback() throws IOException {
    try (LocalCloud cloud = open();
        HttpFront front = cloud.listen(0)) {
      cloud.upload(Files.writeString(work.resolve("mine.csv"), "1\n"), "s3://my-data/");
      String bucket = cloud.stack().buckets().getFirst();
      S3Client s3 =
          S3Client.builder()
              .region(Region.US_EAST_1)
              .endpointOverride(front.uri())
              .credentialsProvider(cloud.credentials())
              .build();
      assertThat(s3.listBuckets().buckets())
          .extracting(Bucket::name)
          .containsExactlyInAnyOrder(bucket, "my-data");
      s3.putObject(b -> b.bucket(bucket).key("a b/ü+1.txt"), RequestBody.fromString("content"));
      assertThat(cloud.objects().file("s3://" + bucket + "/a b/ü+1.txt")).hasContent("content");
      assertThat(s3.headObject(b -> b.bucket(bucket).key("a b/ü+1.txt")).contentLength())
          .isEqualTo(7);
      assertThat(
              s3.getObject(
                      b -> b.bucket(bucket).key("a b/ü+1.txt").range("bytes=3-"),
                      ResponseTransformer.toBytes())
                  .asUtf8String())
          .isEqualTo("tent");
      assertThat(bodyless(front, "/" + bucket + "/many.bin?uploads").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> s3.getObject(b -> b.bucket(bucket).key("none")))
          .isInstanceOf(NoSuchKeyException.class);

      String none = cloud.stack().stateMachine().arn().replace("stateMachine", "execution") + ":x";
      SfnClient sfn =
          SfnClient.builder()
              .region(Region.US_EAST_1)
              .endpointOverride(front.uri())
              .credentialsProvider(cloud.credentials())
              .build();
      assertThatThrownBy(() -> sfn.describeExecution(b -> b.executionArn(none)))
          .isInstanceOf(ExecutionDoesNotExistException.class);
      assertThat(front.uri().getHost()).isEqualTo("127.0.0.1");
    }
  }

  /** A POST that announces a length of zero, as boto3's are. */
  private static HttpResponse<String> bodyless(HttpFront front, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(front.uri().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[0]))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
