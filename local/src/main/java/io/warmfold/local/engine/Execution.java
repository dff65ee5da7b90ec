package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One execution, from its start to its end. Used on the timeline's thread alone.
 *
 * <p>Whatever reaches into an execution from outside goes through {@link #run} or {@link #later},
 * which let nothing happen after its end.
 */
final class Execution implements Flow.Owner {

  /**
   * What an execution is called.
   *
   * @param machineArn with a Map's label at its end for a child
   * @param mapRun what started it, or null at the top
   */
  record Identity(Registered machine, String arn, String machineArn, String name, MapRun mapRun) {}

  private final Engine engine;
  private final Identity identity;
  private final History history;
  private final List<MapRun> mapRuns = new ArrayList<>();

  private Payload input;
  private Instant start;
  private Instant stop;
  private ExecutionStatus status = ExecutionStatus.RUNNING;
  private Payload output;
  private String error;
  private String cause;
  private long transitions;
  private Flow flow;
  private Timeline.Scheduled timeout = () -> {};
  private Consumer<Execution> onEnd;

  Execution(Engine engine, Identity identity, int keptEvents) {
    this.engine = engine;
    this.identity = identity;
    this.history = new History(keptEvents);
  }

  void begin(
      StateGraph graph,
      Payload startInput,
      Optional<Duration> limit,
      Consumer<Execution> whenEnded) {
    this.input = startInput;
    this.onEnd = whenEnded;
    this.start = engine.timeline().instant();
    ObjectNode details = Responses.input(startInput);
    details.put("roleArn", identity.machine().roleArn());
    history.add("ExecutionStarted", start, 0, "executionStartedEventDetails", details);
    limit.ifPresent(longest -> timeout = later(longest, this::timeOut));
    engine.statusEvents().put(this);
    engine.listeners().forEach(listener -> listener.started(view()));
    flow = new Flow(this, graph, Scope.root(), null, this, 0);
    flow.start(startInput);
  }

  /** Does something in the execution, if it still runs. */
  void run(Runnable action) {
    if (status != ExecutionStatus.RUNNING) {
      return;
    }
    try {
      action.run();
    } catch (History.Full e) {
      end(
          ExecutionStatus.FAILED,
          null,
          StateError.of(
              ErrorRules.RUNTIME,
              "the execution reached the maximum number of history events ("
                  + History.LIMIT
                  + ")"));
    }
  }

  /** Does something in the execution after a delay, if it still runs then. */
  Timeline.Scheduled later(Duration delay, Runnable action) {
    return engine.timeline().after(delay, () -> run(action));
  }

  @Override
  public void succeeded(Flow ended, Payload result) {
    end(ExecutionStatus.SUCCEEDED, result, null);
  }

  @Override
  public void failed(Flow ended, StateError reason) {
    end(ExecutionStatus.FAILED, null, reason);
  }

  /** Stops an execution that runs, at once. */
  void abort(String abortError, String abortCause) {
    if (status == ExecutionStatus.RUNNING) {
      end(ExecutionStatus.ABORTED, null, StateError.of(abortError, abortCause));
    }
  }

  private void timeOut() {
    end(ExecutionStatus.TIMED_OUT, null, StateError.of(null, null));
  }

  private void end(ExecutionStatus how, Payload result, StateError reason) {
    status = how;
    stop = engine.timeline().instant();
    output = result;
    timeout.cancel();
    flow.abort();
    ObjectNode details = Json.NODES.objectNode();
    if (reason == null) {
      details = Responses.output(result);
    } else {
      error = reason.error();
      cause = reason.cause();
      Responses.error(details, reason);
    }
    String type =
        switch (how) {
          case SUCCEEDED -> "ExecutionSucceeded";
          case FAILED -> "ExecutionFailed";
          case TIMED_OUT -> "ExecutionTimedOut";
          case ABORTED -> "ExecutionAborted";
          case RUNNING -> throw new IllegalArgumentException("running is no end");
        };
    String field = "e" + type.substring(1) + "EventDetails";
    long previous = how == ExecutionStatus.ABORTED ? 0 : flow.last();
    // Nothing goes on below any more; what was on its way need not be kept.
    flow = null;
    history.addLast(type, stop, previous, field, details);
    engine.statusEvents().put(this);
    engine.listeners().forEach(listener -> listener.ended(view()));
    onEnd.accept(this);
  }

  void countTransition() {
    transitions++;
  }

  ExecutionView view() {
    return new ExecutionView(
        identity.arn(),
        identity.machineArn(),
        identity.name(),
        Optional.ofNullable(identity.mapRun()).map(run -> run.parent().identity().arn()),
        status,
        start,
        Optional.ofNullable(stop),
        history.count(),
        transitions);
  }

  Engine engine() {
    return engine;
  }

  Identity identity() {
    return identity;
  }

  History history() {
    return history;
  }

  /** The map runs that it started, oldest first. */
  List<MapRun> mapRuns() {
    return mapRuns;
  }

  Payload input() {
    return input;
  }

  Instant start() {
    return start;
  }

  /** When it ended, or null. */
  Instant stop() {
    return stop;
  }

  ExecutionStatus status() {
    return status;
  }

  /** What came out, or null unless it succeeded. */
  Payload output() {
    return output;
  }

  String error() {
    return error;
  }

  String cause() {
    return cause;
  }
}
