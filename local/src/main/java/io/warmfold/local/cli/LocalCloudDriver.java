package io.warmfold.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmfold.job.JobKind;
import io.warmfold.job.StudyPlace;
import io.warmfold.ledger.DynamoDbTable;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.Ledger;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.ledger.Table;
import io.warmfold.local.Timeline;
import io.warmfold.local.cloud.HttpFront;
import io.warmfold.local.cloud.LocalCloud;
import io.warmfold.local.simulation.Simulation;
import io.warmfold.report.Locations;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** Drives a local cloud as a user of AWS would: through the services' own APIs. */
final class LocalCloudDriver implements Cloud {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalCloud cloud;
  private final Troubles troubles;
  private final Closeable end;
  private final SfnClient stepFunctions;
  private final Optional<DynamoDbClient> dynamoDb;
  private final Ledger ledger;
  private HttpFront front;

  /**
   * Drives a cloud.
   *
   * @param end the cloud and all that it stands on, closed with this
   */
  LocalCloudDriver(LocalCloud cloud, Timeline timeline, Troubles troubles, Closeable end) {
    this(cloud, timeline, troubles, Optional.empty(), end);
  }

  /** Drives the cloud of a simulation, which stays open. */
  LocalCloudDriver(Simulation simulation, Troubles troubles) {
    this(simulation.cloud(), simulation.timeline(), troubles, simulation.table(), () -> {});
  }

  private LocalCloudDriver(
      LocalCloud cloud,
      Timeline timeline,
      Troubles troubles,
      Optional<Table> memory,
      Closeable end) {
    this.cloud = cloud;
    this.troubles = troubles;
    this.end = end;
    this.stepFunctions = client(SfnClient.builder());
    this.dynamoDb =
        memory.isPresent() ? Optional.empty() : Optional.of(client(DynamoDbClient.builder()));
    this.ledger =
        new Ledger(
            memory.orElseGet(
                () -> new DynamoDbTable(dynamoDb.orElseThrow(), cloud.stack().table().name())),
            timeline);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .httpClient(cloud.http())
        .credentialsProvider(cloud.credentials())
        .region(Region.of(cloud.stack().region()))
        .build();
  }

  @Override
  public void upload(Path file, String s3Uri) throws IOException {
    cloud.upload(file, s3Uri);
  }

  @Override
  public String start(JsonNode document, Optional<String> name) {
    return stepFunctions
        .startExecution(
            request -> {
              request.stateMachineArn(stateMachineArn()).input(document.toString());
              name.ifPresent(request::name);
            })
        .executionArn();
  }

  @Override
  public Execution execution(String arn) {
    DescribeExecutionResponse state =
        stepFunctions.describeExecution(request -> request.executionArn(arn));
    return switch (state.status()) {
      case RUNNING, PENDING_REDRIVE -> new Execution.Running();
      case SUCCEEDED -> new Execution.Succeeded(json(state.output()));
      case ABORTED -> new Execution.Aborted();
      case TIMED_OUT -> new Execution.Failed("States.Timeout", "The study took too long.");
      default ->
          new Execution.Failed(
              Optional.ofNullable(state.error()).orElse("Unknown"),
              Optional.ofNullable(state.cause()).orElse(""));
    };
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the output of the execution is no JSON", broken);
    }
  }

  @Override
  public List<String> troubles() {
    return troubles.take();
  }

  @Override
  public void stop(String arn) {
    stepFunctions.stopExecution(
        request -> request.executionArn(arn).error("Interrupted").cause("Stopped by Ctrl-C."));
  }

  @Override
  public Optional<StudySnapshot> study(String nameOrKey) {
    return ledger
        .newest(nameOrKey)
        .flatMap(ledger::find)
        .or(() -> nameOrKey.matches("[0-9a-f]{8}") ? ledger.find(nameOrKey) : Optional.empty())
        .map(ledger::snapshot);
  }

  @Override
  public Locations locations(StudySnapshot snapshot) {
    StudyPlace place = place();
    String key = snapshot.study().key();
    Locations locations =
        snapshot.study().outcome().isPresent()
            ? Locations.ofReport(place.s3(snapshot.document(), key) + "report/")
            : Locations.none();
    boolean predicted =
        snapshot.jobs().stream()
            .filter(job -> job.kind() == JobKind.TRANSFORM)
            .anyMatch(job -> job.outcome().filter(JobOutcome.COMPLETED::equals).isPresent());
    return predicted
        ? locations.withTransformOutput(place.predictions(snapshot.document(), key))
        : locations;
  }

  private StudyPlace place() {
    var variables = cloud.stack().functions().values().iterator().next().environment();
    return new StudyPlace(
        variables.get("BUCKET_NAME"),
        variables.get("NAME_PREFIX"),
        variables.get("TRAINING_ROLE_ARN"));
  }

  @Override
  public Path file(String s3Uri) {
    return cloud.objects().file(s3Uri);
  }

  @Override
  public synchronized URI listen(int port) throws IOException {
    front = cloud.listen(port);
    return front.uri();
  }

  @Override
  public String region() {
    return cloud.stack().region();
  }

  @Override
  public String stateMachineArn() {
    return cloud.stack().stateMachine().arn();
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      if (front != null) {
        front.close();
      }
      stepFunctions.close();
      dynamoDb.ifPresent(DynamoDbClient::close);
    } finally {
      end.close();
    }
  }
}
