package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.handler.Platform;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.FunctionHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runs the handlers of a stack in this process, as Lambda does: an instance takes one event at a
 * time and is used again, an invocation that takes too long is given up, a payload may have 6 MB,
 * and a failed asynchronous invocation is retried before it goes to its on-failure destination.
 *
 * <p>Handlers run where the timeline runs offloaded work. On a virtual timeline an invocation takes
 * no time, so it never times out. Thread-safe.
 */
final class LocalFunctionHost implements FunctionHost {

  private static final int LARGEST_PAYLOAD = 6 * 1024 * 1024;

  private final Timeline timeline;
  private final Supplier<Stack> stack;
  private final BiFunction<Stack.Function, FunctionInstance.Sandbox, Platform> platforms;
  private final Supplier<FunctionInstance.Sandbox> sandboxes;
  private final List<Duration> retryDelays;
  private final DeadLetters deadLetters;
  private final Consumer<Trouble> troubles;
  private final FunctionLog log;
  private final RandomGenerator random;
  private final Map<String, Deque<FunctionInstance>> idle = new ConcurrentHashMap<>();

  /**
   * A host without instances.
   *
   * @param platforms what a new instance of a function gets
   * @param sandboxes the way to AWS of a new instance
   * @param retryDelays how long to wait before the first retry of an asynchronous invocation and
   *     before the following ones; the last one holds for all after it
   * @param troubles is told of events that are given up; has to be quick and thread-safe
   * @param random decides request ids; used under this host's lock
   */
  LocalFunctionHost(
      Timeline timeline,
      Supplier<Stack> stack,
      BiFunction<Stack.Function, FunctionInstance.Sandbox, Platform> platforms,
      Supplier<FunctionInstance.Sandbox> sandboxes,
      List<Duration> retryDelays,
      DeadLetters deadLetters,
      Consumer<Trouble> troubles,
      FunctionLog log,
      RandomGenerator random) {
    this.timeline = timeline;
    this.stack = stack;
    this.platforms = platforms;
    this.sandboxes = sandboxes;
    this.retryDelays = List.copyOf(retryDelays);
    this.deadLetters = deadLetters;
    this.troubles = troubles;
    this.log = log;
    this.random = random;
  }

  @Override
  public void invoke(String function, JsonNode payload, Consumer<Outcome> then) {
    Optional<Stack.Function> found = stack.get().function(function);
    if (found.isEmpty()) {
      Outcome missing =
          new Outcome.Threw("Lambda.ResourceNotFoundException", "Function not found: " + function);
      timeline.after(Duration.ZERO, () -> then.accept(missing));
      return;
    }
    invoke(found.get(), payload, newId(), then);
  }

  private void invoke(
      Stack.Function function, JsonNode payload, String requestId, Consumer<Outcome> then) {
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Thread> worker = new AtomicReference<>();
    AtomicReference<FunctionInstance> running = new AtomicReference<>();
    Timeline.Scheduled giveUp =
        timeline.after(
            function.timeout(),
            () -> {
              if (over.compareAndSet(false, true)) {
                FunctionInstance instance = running.get();
                if (instance != null) {
                  instance.kill();
                }
                Thread thread = worker.get();
                if (thread != null) {
                  thread.interrupt();
                }
                then.accept(timedOut(function, requestId));
              }
            });
    timeline.<Outcome>offload(
        () -> {
          worker.set(Thread.currentThread());
          try {
            return run(function, payload, requestId, running, over);
          } finally {
            worker.set(null);
          }
        },
        (outcome, thrown) -> {
          giveUp.cancel();
          if (over.compareAndSet(false, true)) {
            then.accept(thrown == null ? outcome : threw(function, requestId, thrown));
          }
        });
  }

  private Outcome run(
      Stack.Function function,
      JsonNode payload,
      String requestId,
      AtomicReference<FunctionInstance> running,
      AtomicBoolean over)
      throws IOException {
    byte[] event = FunctionInstance.write(payload);
    if (event.length > LARGEST_PAYLOAD) {
      return new Outcome.Threw(
          "Lambda.RequestTooLargeException",
          "Request must be smaller than "
              + LARGEST_PAYLOAD
              + " bytes for the InvokeFunction operation");
    }
    Deque<FunctionInstance> free =
        idle.computeIfAbsent(function.logicalId(), id -> new ArrayDeque<>());
    FunctionInstance instance;
    synchronized (free) {
      instance = free.poll();
    }
    try {
      if (instance == null) {
        FunctionInstance.Sandbox sandbox = sandboxes.get();
        instance =
            FunctionInstance.start(
                function.handlerClass(), platforms.apply(function, sandbox), sandbox);
      }
      running.set(instance);
      Instant deadline = timeline.instant().plus(function.timeout());
      byte[] result =
          instance.handle(
              event,
              new InvocationContext(
                  function,
                  requestId,
                  timeline,
                  deadline,
                  line -> log.write(function.logicalId(), line)));
      if (result.length > LARGEST_PAYLOAD) {
        return new Outcome.Threw(
            "Function.ResponseSizeTooLarge",
            "Response payload size exceeded maximum allowed payload size ("
                + LARGEST_PAYLOAD
                + " bytes).");
      }
      return new Outcome.Returned(FunctionInstance.parse(result));
    } catch (ReflectiveOperationException e) {
      instance = null;
      return threw(function, requestId, FunctionInstance.thrownBy(e));
    } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
      return threw(function, requestId, e);
    } finally {
      if (instance != null && !over.get()) {
        synchronized (free) {
          free.push(instance);
        }
      }
    }
  }

  private Outcome threw(Stack.Function function, String requestId, Throwable thrown) {
    ObjectNode cause = LambdaErrors.describe(thrown);
    log.write(
        function.logicalId(),
        JsonNodeFactory.instance
            .objectNode()
            .put("level", "ERROR")
            .put("requestId", requestId)
            .set("error", cause)
            .toString());
    return new Outcome.Threw(
        cause.path("errorType").asText(), cause.path("errorMessage").asText(""), cause.toString());
  }

  private Outcome timedOut(Stack.Function function, String requestId) {
    String message =
        String.format(
            Locale.ROOT,
            "RequestId: %s Error: Task timed out after %.2f seconds",
            requestId,
            function.timeout().toMillis() / 1000.0);
    log.write(function.logicalId(), message);
    ObjectNode cause = JsonNodeFactory.instance.objectNode();
    cause.put("errorType", "Sandbox.Timedout").put("errorMessage", message);
    return new Outcome.Threw("Sandbox.Timedout", message, cause.toString());
  }

  @Override
  public void invokeAsync(String function, JsonNode payload) {
    Stack.Function found =
        stack
            .get()
            .function(function)
            .orElseThrow(() -> new IllegalArgumentException("Function not found: " + function));
    String requestId = newId();
    timeline.after(Duration.ZERO, () -> attempt(found, payload, requestId, 1));
  }

  private void attempt(Stack.Function function, JsonNode payload, String requestId, int number) {
    invoke(
        function,
        payload,
        requestId,
        outcome -> {
          if (!(outcome instanceof Outcome.Threw threw)) {
            return;
          }
          if (number <= function.retries()) {
            int index = Math.min(number, retryDelays.size()) - 1;
            Duration delay = index < 0 ? Duration.ZERO : retryDelays.get(index);
            timeline.after(delay, () -> attempt(function, payload, requestId, number + 1));
          } else {
            giveUp(function, payload, requestId, number, threw);
          }
        });
  }

  private void giveUp(
      Stack.Function function,
      JsonNode payload,
      String requestId,
      int invocations,
      Outcome.Threw threw) {
    log.write(
        function.logicalId(),
        "RequestId: " + requestId + " failed " + invocations + " times and is given up");
    troubles.accept(
        new Trouble.GivenUp(
            function.logicalId(),
            invocations,
            threw.errorType(),
            threw.errorMessage(),
            function.onFailure().map(DeadLetters::name)));
    if (function.onFailure().isEmpty()) {
      return;
    }
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("version", "1.0").put("timestamp", timeline.instant().toString());
    message
        .putObject("requestContext")
        .put("requestId", requestId)
        .put("functionArn", function.arn() + ":$LATEST")
        .put("condition", "RetriesExhausted")
        .put("approximateInvokeCount", invocations);
    message.set("requestPayload", payload);
    message
        .putObject("responseContext")
        .put("statusCode", 200)
        .put("executedVersion", "$LATEST")
        .put("functionError", "Unhandled");
    message
        .putObject("responsePayload")
        .put("errorMessage", threw.errorMessage())
        .put("errorType", threw.errorType());
    deadLetters.send(function.onFailure().get(), message);
  }

  private synchronized String newId() {
    return RandomIds.uuid(random);
  }
}
