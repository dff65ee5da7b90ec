package io.warmfold.local.cloud;

import io.warmfold.handler.Platform;
import io.warmfold.handler.Shortcuts;
import io.warmfold.ledger.Table;
import io.warmfold.local.Timeline;
import io.warmfold.local.VirtualTimeline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * What the instances of a stack's functions find where they run, as Lambda gives it to them: an
 * identity of their own, variables, a way to AWS, a log. Thread-safe.
 */
final class FunctionPlatforms {

  private static final String SECRET = "local";

  private final Timeline timeline;
  private final Supplier<Stack> stack;
  private final Gateway gateway;
  private final FunctionLog log;
  private final CloudOptions options;
  private final CallObserver calls;
  private final RandomGenerator random;

  /**
   * Platforms for the functions of a stack, whose calls the gateway takes for theirs from now on.
   *
   * @param options says where the ledger is and how calls are made
   * @param calls hears of calls that do not pass the gateway
   * @param random every instance gets one of its own from it
   */
  FunctionPlatforms(
      Timeline timeline,
      Supplier<Stack> stack,
      Gateway gateway,
      FunctionLog log,
      CloudOptions options,
      CallObserver calls,
      RandomGenerator random) {
    this.timeline = timeline;
    this.stack = stack;
    this.gateway = gateway;
    this.log = log;
    this.options = options;
    this.calls = calls;
    this.random = random;
    identify();
  }

  /** Tells the gateway who the functions are, and what their roles allow; to be called anew. */
  void identify() {
    Stack now = stack.get();
    for (Stack.Function function : now.functions().values()) {
      gateway.identify(accessKey(function), Caller.function(function, now.account()));
    }
  }

  private static String accessKey(Stack.Function function) {
    return "ASIA" + function.logicalId();
  }

  /** The credentials of whom the gateway knows by an access key id. */
  static AwsCredentialsProvider credentials(String accessKeyId) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, SECRET));
  }

  /** The way to AWS of a new instance. */
  FunctionInstance.Sandbox sandbox() {
    return new FunctionInstance.Sandbox(new LocalHttpClient(gateway));
  }

  /** What a new instance of a function gets. */
  Platform platform(Stack.Function function, FunctionInstance.Sandbox sandbox) {
    String accessKey = accessKey(function);
    Optional<DirectCalls> direct =
        options.calls() == Calls.DIRECT
            ? Optional.of(new DirectCalls(gateway, accessKey, sandbox, ledger(function)))
            : Optional.empty();
    return new Platform(
        variables(function),
        direct.<SdkHttpClient>map(calls -> calls).orElse(sandbox),
        credentials(accessKey),
        timeline,
        randomOfInstance(),
        line -> log.write(function.logicalId(), line),
        direct.<Shortcuts>map(calls -> calls).orElseGet(() -> ledgerOnly(function)));
  }

  private RandomGenerator randomOfInstance() {
    synchronized (random) {
      return new SplittableRandom(random.nextLong());
    }
  }

  private Shortcuts ledgerOnly(Stack.Function function) {
    Optional<Table> ledger = ledger(function);
    return new Shortcuts() {
      @Override
      public Optional<Table> table() {
        return ledger;
      }
    };
  }

  private Optional<Table> ledger(Stack.Function function) {
    return options.persistence() instanceof Persistence.InTable(Table table)
        ? Optional.of(
            new ObservedTable(
                table, operation -> calls.called(function.logicalId(), "dynamodb", operation)))
        : Optional.empty();
  }

  private Map<String, String> variables(Stack.Function function) {
    Map<String, String> variables = new LinkedHashMap<>(function.environment());
    String region = stack.get().region();
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
}
