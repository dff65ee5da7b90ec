package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.Service;
import io.warmfold.local.aws.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

class GatewayTest {

  private static final String ACCOUNT = "123456789012";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  private Stack stack;
  private LocalDynamoDb database;
  private S3Store store;
  private Recorder recorder;
  private Gateway gateway;
  private final FakeSageMaker sageMaker = new FakeSageMaker();

  private static final class FakeSageMaker implements Service {
    private final List<JsonNode> inputs = new ArrayList<>();

    @Override
    public String name() {
      return "sagemaker";
    }

    @Override
    public String targetPrefix() {
      return "SageMaker";
    }

    @Override
    public String jsonVersion() {
      return "1.1";
    }

    @Override
    public JsonNode call(String operation, JsonNode input) {
      inputs.add(input);
      return switch (operation) {
        case "ListTrainingJobs" -> {
          ObjectNode output = JsonNodeFactory.instance.objectNode();
          output
              .putArray("TrainingJobSummaries")
              .addObject()
              .put("TrainingJobName", "a")
              .put("CreationTime", 1.5e9);
          yield output;
        }
        case "CreateTrainingJob" ->
            throw new ServiceException("ResourceLimitExceeded", "no instances left");
        default -> JsonNodeFactory.instance.objectNode();
      };
    }
  }

  @BeforeEach
  void open() throws IOException {
    stack = StackReader.read(Path.of("..", "template.yaml"), StackReader.Settings.of(Map.of()));
    recorder = Recorder.to(recording(), InstantSource.fixed(Instant.EPOCH));
    store = S3Store.in(folder.resolve("s3"));
    store.ensureBucket(bucket());
    store.ensureBucket("elsewhere");
    database = LocalDynamoDb.inMemory("us-east-1");
    database.ensure(stack.table());
    gateway = new Gateway("us-east-1", ACCOUNT, recorder, store, trouble -> {});
    gateway.serve(database);
    gateway.serve(sageMaker);
    stack
        .functions()
        .values()
        .forEach(f -> gateway.identify("AK" + f.logicalId(), Caller.function(f, ACCOUNT)));
  }

  @AfterEach
  void close() throws IOException {
    recorder.close();
    store.close();
    database.close();
  }

  private Path recording() {
    return folder.resolve("calls.jsonl");
  }

  private String bucket() {
    return stack.buckets().getFirst();
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String function) {
    return builder
        .region(Region.US_EAST_1)
        .httpClient(new LocalHttpClient(gateway))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AK" + function, "x")))
        .build();
  }

  private List<JsonNode> recorded() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(recording())) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private Map<String, AttributeValue> key(String pk) {
    return Map.of("PK", AttributeValue.fromS(pk), "SK", AttributeValue.fromS("STUDY"));
  }

  private TransactWriteItem newItem(String table, String pk) {
    return TransactWriteItem.builder()
        .put(p -> p.tableName(table).item(key(pk)).conditionExpression("attribute_not_exists(PK)"))
        .build();
  }

  @Test
  void conditionalWritesAndTransactionsFailAsOnAws() {
    DynamoDbClient dynamo = client(DynamoDbClient.builder(), "NextFold");
    String table = stack.table().name();
    dynamo.putItem(b -> b.tableName(table).item(key("a")));

    assertThatThrownBy(
            () ->
                dynamo.putItem(
                    b ->
                        b.tableName(table)
                            .item(key("a"))
                            .conditionExpression("attribute_not_exists(PK)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class, e -> assertThat(e.item()).isEqualTo(key("a")));
    assertThatThrownBy(
            () ->
                dynamo.transactWriteItems(
                    b -> b.transactItems(List.of(newItem(table, "b"), newItem(table, "a")))))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e ->
                assertThat(e.cancellationReasons())
                    .extracting(reason -> reason.code())
                    .containsExactly("None", "ConditionalCheckFailed"));
    assertThat(dynamo.getItem(b -> b.tableName(table).key(key("b"))).hasItem()).isFalse();
  }

  @Test
  void aMissingPermissionIsRefusedInAwsWords() throws IOException {
    DynamoDbClient dynamo = client(DynamoDbClient.builder(), "NextFold");
    assertThatThrownBy(() -> dynamo.scan(b -> b.tableName(stack.table().name())))
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
              assertThat(e.awsErrorDetails().errorMessage())
                  .contains("/warmfold-NextFold is not authorized to perform: dynamodb:Scan on")
                  .endsWith("because no identity-based policy allows the dynamodb:Scan action");
            });

    S3Client s3 = client(S3Client.builder(), "RegisterModel");
    assertThatThrownBy(
            () -> s3.putObject(b -> b.bucket("elsewhere").key("k"), RequestBody.fromString("x")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            });
    assertThat(recorded())
        .extracting(line -> line.at("/error/Code").asText())
        .containsExactly("AccessDeniedException", "AccessDenied");
  }

  @Test
  void whoMayNotListIsNotToldThatAnObjectIsMissing() {
    S3Client mayList = client(S3Client.builder(), "CloseStudy");
    assertThatThrownBy(
            () ->
                mayList.getObject(
                    b -> b.bucket(bucket()).key("studies/x"), ResponseTransformer.toBytes()))
        .isInstanceOf(NoSuchKeyException.class);

    gateway.identify(
        "AKReader",
        new Caller(
            "Reader",
            "arn:aws:sts::1:assumed-role/r/r",
            new Policy(
                List.of(
                    new Policy.Statement(
                        true, List.of("s3:GetObject"), List.of("*"), List.of())))));
    assertThatThrownBy(
            () ->
                client(S3Client.builder(), "Reader")
                    .getObject(
                        b -> b.bucket(bucket()).key("studies/x"), ResponseTransformer.toBytes()))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
  }

  @Test
  void objectsArePlainFilesAndComeInPartsAndRanges() throws IOException {
    S3Client s3 = client(S3Client.builder(), "ShardObject");
    String key = "studies/s/shards/part 1+ü.csv";
    byte[] part = new byte[5 * 1024 * 1024];
    Arrays.fill(part, (byte) 'a');
    String upload = s3.createMultipartUpload(b -> b.bucket(bucket()).key(key)).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      int number = i;
      byte[] content = i == 1 ? part : "tail".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      String etag =
          s3.uploadPart(
                  b -> b.bucket(bucket()).key(key).uploadId(upload).partNumber(number),
                  RequestBody.fromBytes(content))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    String etag =
        s3.completeMultipartUpload(
                b ->
                    b.bucket(bucket())
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(m -> m.parts(parts)))
            .eTag();

    Path file = store.folder().root().resolve(bucket()).resolve(key);
    assertThat(file).hasSize(part.length + 4L);
    assertThat(s3.headObject(b -> b.bucket(bucket()).key(key)).eTag()).isEqualTo(etag);
    assertThat(
            s3.getObject(
                    b -> b.bucket(bucket()).key(key).range("bytes=5242879-").ifMatch(etag),
                    ResponseTransformer.toBytes())
                .asUtf8String())
        .isEqualTo("atail");
    assertThat(s3.listObjectsV2(b -> b.bucket(bucket()).prefix("studies/s/")).contents())
        .extracting(S3Object::key, S3Object::eTag)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(key, etag));
  }

  @Test
  void aFileThatChangedHasAnotherEtag() throws IOException {
    S3Client s3 = client(S3Client.builder(), "ShardObject");
    Path file = store.folder().root().resolve(bucket()).resolve("studies/direct");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "by a job");
    String etag = s3.headObject(b -> b.bucket(bucket()).key("studies/direct")).eTag();
    assertThat(etag).isNotNull();

    Files.writeString(file, "by another job");

    assertThatThrownBy(
            () ->
                s3.getObject(
                    b -> b.bucket(bucket()).key("studies/direct").ifMatch(etag),
                    ResponseTransformer.toBytes()))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    String put =
        s3.putObject(b -> b.bucket(bucket()).key("studies/direct"), RequestBody.fromString("again"))
            .eTag();
    assertThat(
            s3.getObject(
                    b -> b.bucket(bucket()).key("studies/direct").ifMatch(put),
                    ResponseTransformer.toBytes())
                .asUtf8String())
        .isEqualTo("again");
  }

  @Test
  void recordsCallsAsBotocoreKnowsThem() throws IOException {
    SageMakerClient reconcile = client(SageMakerClient.builder(), "Reconcile");
    assertThat(
            reconcile
                .listTrainingJobs(
                    b -> b.lastModifiedTimeAfter(Instant.ofEpochSecond(1_600_000_000)))
                .trainingJobSummaries())
        .extracting(job -> job.creationTime())
        .containsExactly(Instant.ofEpochSecond(1_500_000_000));
    SageMakerClient start = client(SageMakerClient.builder(), "StartJob");
    String role = stack.functions().get("StartJob").environment().get("TRAINING_ROLE_ARN");
    assertThatThrownBy(
            () -> start.createTrainingJob(b -> b.trainingJobName("warmfold-x").roleArn(role)))
        .isInstanceOfSatisfying(
            SageMakerException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ResourceLimitExceeded"));
    client(S3Client.builder(), "RegisterModel")
        .putObject(b -> b.bucket(bucket()).key("studies/e.json"), RequestBody.fromString("{}"));

    List<JsonNode> lines = recorded();
    assertThat(lines)
        .extracting(
            line ->
                line.path("function").asText()
                    + " "
                    + line.path("service").asText()
                    + " "
                    + line.path("operation").asText())
        .containsExactly(
            "Reconcile sagemaker ListTrainingJobs",
            "StartJob sagemaker CreateTrainingJob",
            "RegisterModel s3 PutObject");
    assertThat(lines.getFirst().at("/input/LastModifiedTimeAfter").asText())
        .isEqualTo("2020-09-13T12:26:40Z");
    assertThat(lines.getFirst().path("time").asText()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(lines.get(1).at("/error/Code").asText()).isEqualTo("ResourceLimitExceeded");
    assertThat(lines.get(2).at("/input/Key").asText()).isEqualTo("studies/e.json");
    assertThat(lines.get(2).path("output").fieldNames())
        .toIterable()
        .as("the output of PutObject has no length")
        .containsExactly("ETag");
  }
}
