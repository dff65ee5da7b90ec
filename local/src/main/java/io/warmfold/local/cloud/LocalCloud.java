package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.handler.Platform;
import io.warmfold.ledger.Table;
import io.warmfold.local.Timeline;
import io.warmfold.local.VirtualTimeline;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
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

  private static final String SECRET = "local";
  private static final String USER_KEY = "AKIAWARMFOLDUSER0000";

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final Timeline timeline;
  private final CloudOptions options;
  private final Path work;
  private final RandomGenerator random;
  private final Deployment deployment;
  private final S3Store store;
  private final Gateway gateway;
  private final LocalFunctionHost host;
  private final EventBus bus;
  private final AuthorizedFunctionHost ofMachine;
  private final SageMakerService sageMaker;
  private final StepFunctionsService stepFunctions;

  private LocalCloud(
      Path work,
      Timeline timeline,
      Path template,
      CloudOptions options,
      SageMakerSettings settings,
      JobRunners runners)
      throws IOException {
    this.work = Files.createDirectories(work).toRealPath();
    this.timeline = timeline;
    this.options = options;
    this.random = new SplittableRandom(options.random().nextLong());
    try {
      toClose.push(WorkFolderLock.take(this.work));
      store = opened(S3Store.in(this.work.resolve("s3")));
      deployment =
          Deployment.of(
              template,
              StackReader.Settings.beside(settings, options.parameters()),
              store.folder());
      Stack stack = deployment.stack();
      for (String bucket : stack.buckets()) {
        store.ensureBucket(bucket);
      }
      Recorder recorder =
          opened(
                  options.recording().isPresent()
                      ? Recorder.to(options.recording().get(), timeline)
                      : Recorder.none())
              .observedBy(options.observer());
      gateway = new Gateway(stack.region(), stack.account(), recorder, store, options.troubles());
      if (options.ledger().isEmpty()) {
        LocalDynamoDb database =
            opened(
                options.remembers()
                    ? LocalDynamoDb.in(this.work.resolve("dynamodb"), stack.region())
                    : LocalDynamoDb.inMemory(stack.region()));
        stack.tables().forEach(database::ensure);
        gateway.serve(database);
      }
      identifyFunctions();
      DeadLetters deadLetters = new DeadLetters(this.work.resolve("queues"));
      host = functionHost(deadLetters);
      bus =
          opened(
              new EventBus(
                  timeline,
                  stack,
                  host,
                  options.deliveries(),
                  deadLetters,
                  options.troubles(),
                  split()));
      ofMachine =
          new AuthorizedFunctionHost(
              host,
              deployment::stack,
              () -> Caller.stateMachine(deployment.stack().stateMachine(), stack.account()),
              gateway,
              timeline);
      sageMaker =
          opened(
              new SageMakerService(
                  timeline,
                  settings,
                  options.remembers()
                      ? Optional.of(this.work.resolve("sagemaker"))
                      : Optional.empty(),
                  store.folder(),
                  bus,
                  runners.open(timeline, store.folder(), this.work)));
      gateway.serve(sageMaker);
      gateway.serve(new ServiceQuotasService(settings));
      stepFunctions =
          new StepFunctionsService(
              timeline, split(), ofMachine, bus, stack.region(), stack.account());
      Stack.StateMachine machine = stack.stateMachine();
      stepFunctions.register(
          machine.name(),
          JsonMapper.builder().build().readTree(machine.definition()),
          machine.roleArn());
      gateway.serve(stepFunctions);
      if (options.schedules()) {
        bus.startSchedules();
      }
    } catch (IOException | RuntimeException e) {
      try {
        closeAll(toClose);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
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

  private <T> T opened(T part) {
    if (part instanceof AutoCloseable closeable) {
      toClose.push(closeable);
    }
    return part;
  }

  private RandomGenerator split() {
    return new SplittableRandom(random.nextLong());
  }

  private void identifyFunctions() {
    Stack stack = deployment.stack();
    stack
        .functions()
        .values()
        .forEach(
            function ->
                gateway.identify(accessKey(function), Caller.function(function, stack.account())));
  }

  private static String accessKey(Stack.Function function) {
    return "ASIA" + function.logicalId();
  }

  private LocalFunctionHost functionHost(DeadLetters deadLetters) {
    FunctionLog log = opened(new FunctionLog(work.resolve("logs").resolve("functions")));
    RandomGenerator ofInstances = split();
    return new LocalFunctionHost(
        timeline,
        deployment::stack,
        (function, sandbox) -> {
          RandomGenerator own;
          synchronized (ofInstances) {
            own = new SplittableRandom(ofInstances.nextLong());
          }
          return new Platform(
              variables(function),
              sandbox,
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(accessKey(function), SECRET)),
              timeline,
              own,
              line -> log.write(function.logicalId(), line),
              options.ledger().map(table -> observed(table, function)));
        },
        () -> new FunctionInstance.Sandbox(new LocalHttpClient(gateway)),
        options.retryDelays(),
        deadLetters,
        options.troubles(),
        log,
        split());
  }

  private Table observed(Table table, Stack.Function function) {
    return new ObservedTable(
        table, operation -> options.observer().called(function.logicalId(), "dynamodb", operation));
  }

  private Map<String, String> variables(Stack.Function function) {
    Map<String, String> variables = new LinkedHashMap<>(function.environment());
    String region = deployment.stack().region();
    if (timeline instanceof VirtualTimeline) {
      // The SDK waits on the wall clock between its attempts, while nothing can change here.
      variables.put("AWS_MAX_ATTEMPTS", "1");
    }
    variables.put("AWS_REGION", region);
    variables.put("AWS_DEFAULT_REGION", region);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
    return variables;
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
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(USER_KEY, SECRET));
  }

  /**
   * Listens on a loopback port for the AWS CLI, boto3 or any SDK.
   *
   * @param port 0 for one that is free
   */
  public HttpFront listen(int port) throws IOException {
    return HttpFront.start(gateway, port);
  }

  /** Puts the example data into the bucket {@value #EXAMPLES_BUCKET}, what is new of it. */
  public void seedExamples(Path data) throws IOException {
    mayRead(EXAMPLES_BUCKET);
    Uploads.folder(data, store.folder().root().resolve(EXAMPLES_BUCKET));
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
    Uploads.file(file, target);
    return uri;
  }

  /** Lets every study read a bucket of the local S3. */
  public void mayRead(String bucket) throws IOException {
    deployment.mayRead(bucket);
    identifyFunctions();
  }

  /** Ends everything that this cloud started; the timeline has to be open still. */
  @Override
  public void close() throws IOException {
    closeAll(toClose);
  }

  private static void closeAll(Deque<AutoCloseable> parts) throws IOException {
    IOException problem = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        if (problem == null) {
          problem = new IOException("a part of the local cloud does not close", e);
        } else {
          problem.addSuppressed(e);
        }
      }
    }
    if (problem != null) {
      throw problem;
    }
  }
}
