package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.local.Parts;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.EventSink;
import io.warmfold.local.aws.FunctionHost;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.engine.StepFunctionsService;
import io.warmfold.local.sagemaker.SageMakerService;
import io.warmfold.local.sagemaker.SageMakerSettings;
import io.warmfold.local.sagemaker.ServiceQuotasService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A small cloud on one machine: everything that a template makes, in this process.
 *
 * <p>Under the work folder it keeps {@code s3/<bucket>/<key>} (objects), {@code dynamodb/} (the
 * ledger), {@code logs/functions/<function>.log} and {@code queues/<queue>.jsonl} (what could not
 * be handled). Thread-safe.
 */
public final class LocalCloud implements AutoCloseable {

  /** The bucket of the example data. */
  public static final String EXAMPLES_BUCKET = "warmfold-examples";

  private static final String USER_KEY = "AKIAWARMFOLDUSER0000";

  private final Parts parts = new Parts();
  private final RandomGenerator random;
  private final Deployment deployment;
  private final S3Store store;
  private final Uploads uploads;
  private final Gateway gateway;
  private final FunctionPlatforms platforms;
  private final EventBus bus;
  private final AuthorizedFunctionHost ofMachine;
  private final SageMakerService sageMaker;
  private final StepFunctionsService stepFunctions;

  private LocalCloud(
      Path folder,
      Timeline timeline,
      Path template,
      CloudOptions options,
      SageMakerSettings settings,
      JobRunners runners)
      throws IOException {
    Path work = Files.createDirectories(folder).toRealPath();
    Witnesses witnesses = options.witnesses();
    this.random = new SplittableRandom(options.random().nextLong());
    try {
      parts.add(WorkFolderLock.take(work));
      store = parts.add(S3Store.in(work.resolve("s3")));
      uploads = Uploads.into(store.folder().root());
      deployment =
          Deployment.of(
              template,
              StackReader.Settings.beside(settings, options.parameters()),
              store.folder());
      Stack stack = deployment.stack();
      for (String bucket : stack.buckets()) {
        store.ensureBucket(bucket);
      }
      gateway =
          new Gateway(
              stack.region(),
              stack.account(),
              recorder(witnesses, timeline),
              store,
              witnesses.troubles());
      database(options.persistence(), work, stack.region())
          .ifPresent(
              database -> {
                stack.tables().forEach(database::ensure);
                gateway.serve(database);
              });
      FunctionLog log = parts.add(new FunctionLog(work.resolve("logs").resolve("functions")));
      platforms =
          new FunctionPlatforms(
              timeline, deployment::stack, gateway, log, options, witnesses.calls(), split());
      DeadLetters deadLetters = new DeadLetters(work.resolve("queues"));
      LocalFunctionHost host =
          new LocalFunctionHost(
              timeline,
              deployment::stack,
              platforms::platform,
              platforms::sandbox,
              options.delivery().retryDelays(),
              deadLetters,
              witnesses.troubles(),
              log,
              split());
      bus =
          parts.add(
              new EventBus(
                  timeline,
                  stack,
                  host,
                  options.delivery().delays(),
                  deadLetters,
                  witnesses.troubles(),
                  split()));
      ofMachine =
          new AuthorizedFunctionHost(
              host,
              deployment::stack,
              () -> Caller.stateMachine(deployment.stack().stateMachine(), stack.account()),
              gateway,
              timeline);
      sageMaker =
          parts.add(
              new SageMakerService(
                  timeline,
                  settings,
                  options.persistence() instanceof Persistence.InFolder
                      ? Optional.of(work.resolve("sagemaker"))
                      : Optional.empty(),
                  store.folder(),
                  bus,
                  runners.open(timeline, store.folder(), work)));
      gateway.serve(sageMaker);
      gateway.serve(new ServiceQuotasService(settings));
      stepFunctions = stepFunctions(timeline, stack);
      gateway.serve(stepFunctions);
      if (options.delivery().schedules()) {
        bus.startSchedules();
      }
    } catch (IOException | RuntimeException | Error e) {
      parts.closeAfter(e);
      throw e;
    }
  }

  private Recorder recorder(Witnesses witnesses, Timeline timeline) throws IOException {
    Recorder recorder =
        witnesses.recording().isPresent()
            ? Recorder.to(witnesses.recording().get(), timeline)
            : Recorder.none();
    return parts.add(recorder).observedBy(witnesses.calls());
  }

  private Optional<LocalDynamoDb> database(Persistence persistence, Path work, String region)
      throws IOException {
    return switch (persistence) {
      case Persistence.InFolder() ->
          Optional.of(parts.add(LocalDynamoDb.in(work.resolve("dynamodb"), region)));
      case Persistence.Nothing() -> Optional.of(parts.add(LocalDynamoDb.inMemory(region)));
      case Persistence.InTable _ -> Optional.empty();
    };
  }

  private StepFunctionsService stepFunctions(Timeline timeline, Stack stack) throws IOException {
    StepFunctionsService service =
        new StepFunctionsService(
            timeline, split(), ofMachine, bus, stack.region(), stack.account());
    Stack.StateMachine machine = stack.stateMachine();
    service.register(
        machine.name(),
        JsonMapper.builder().build().readTree(machine.definition()),
        machine.roleArn());
    return service;
  }

  /**
   * Opens the cloud of a template.
   *
   * @param work the work folder; it is made if need be
   * @param timeline the time that everything lives in; not closed with the cloud
   * @param settings SageMaker's account: quotas, throttling, warm pools
   * @param runners makes what runs the jobs
   * @throws TemplateException if the template asks for something that is not known here
   * @throws WorkFolderInUseException if another process works in the folder
   */
  public static LocalCloud open(
      Path work,
      Timeline timeline,
      Path template,
      CloudOptions options,
      SageMakerSettings settings,
      JobRunners runners)
      throws IOException {
    return new LocalCloud(work, timeline, template, options, settings, runners);
  }

  private RandomGenerator split() {
    return new SplittableRandom(random.nextLong());
  }

  /** What the template makes. */
  public Stack stack() {
    return deployment.stack();
  }

  /** The objects of the local S3. */
  public S3Folder objects() {
    return store.folder();
  }

  /** The service that runs jobs. */
  public SageMakerService sageMaker() {
    return sageMaker;
  }

  /** The service that runs the state machine. */
  public StepFunctionsService stepFunctions() {
    return stepFunctions;
  }

  /** The functions as the state machine may invoke them. */
  FunctionHost functions() {
    return ofMachine;
  }

  /** Takes events as EventBridge does. */
  public EventSink events() {
    return bus;
  }

  /** For clients of the SDK: the way into this cloud; not to be closed. */
  public SdkHttpClient http() {
    return new LocalHttpClient(gateway);
  }

  /** For clients of the SDK: who may do everything, as whoever sits at the keyboard. */
  public AwsCredentialsProvider credentials() {
    return FunctionPlatforms.credentials(USER_KEY);
  }

  /**
   * Listens on a loopback port for the AWS CLI, boto3 or any SDK.
   *
   * @param port 0 for one that is free
   * @return to be closed before the cloud
   * @throws java.net.BindException if the port is taken
   */
  public HttpFront listen(int port) throws IOException {
    return HttpFront.start(gateway, port);
  }

  /** Puts the example data into the bucket {@value #EXAMPLES_BUCKET}, what is new of it. */
  public void seedExamples(Path data) throws IOException {
    mayRead(EXAMPLES_BUCKET);
    uploads.folder(data, store.folder().root().resolve(EXAMPLES_BUCKET));
  }

  /**
   * Puts a local file into the local S3. Every study may read what was put there.
   *
   * @param s3Uri where to; one that ends in a slash takes the file under its own name
   * @return the object's URI
   */
  public String upload(Path file, String s3Uri) throws IOException {
    String uri = s3Uri.endsWith("/") ? s3Uri + file.getFileName() : s3Uri;
    Path target = store.folder().file(uri);
    mayRead(store.folder().root().relativize(target).getName(0).toString());
    uploads.file(file, target);
    return uri;
  }

  /** Lets every study read a bucket of the local S3. */
  public void mayRead(String bucket) throws IOException {
    deployment.mayRead(bucket);
    platforms.identify();
  }

  /** Ends everything that this cloud started; the timeline has to be open still. */
  @Override
  public void close() throws IOException {
    parts.close();
  }
}
