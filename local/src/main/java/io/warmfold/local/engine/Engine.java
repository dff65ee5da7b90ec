package io.warmfold.local.engine;

import io.warmfold.local.Timeline;
import io.warmfold.local.aws.EventSink;
import io.warmfold.local.aws.FunctionHost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What the executions of a service share. Everything but the listeners is used on the timeline's
 * thread alone.
 */
final class Engine {

  /** How many events of a Map's child are kept; all are counted. */
  private static final int KEPT_OF_A_CHILD = 500;

  private final Timeline timeline;
  private final RandomGenerator random;
  private final FunctionHost functions;
  private final Evaluator evaluator;
  private final TaskTokens tokens;
  private final StatusEvents statusEvents;
  private final Arns arns;
  private final List<ExecutionListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Execution> executions = new LinkedHashMap<>();
  private final Map<String, MapRun> mapRuns = new LinkedHashMap<>();

  Engine(
      Timeline timeline,
      RandomGenerator random,
      FunctionHost functions,
      EventSink events,
      Arns arns) {
    this.timeline = timeline;
    this.random = random;
    this.functions = functions;
    this.evaluator = new Evaluator(timeline, random);
    this.tokens = new TaskTokens(random);
    this.statusEvents = new StatusEvents(events, arns, random);
    this.arns = arns;
  }

  /** Starts an execution under a name that is free. */
  Execution start(Registered machine, String name, Payload input) {
    String arn = arns.execution(machine.name(), name);
    Execution execution =
        new Execution(
            this, new Execution.Identity(machine, arn, machine.arn(), name, null), History.LIMIT);
    executions.put(arn, execution);
    execution.begin(machine.machine().graph(), input, machine.machine().timeout(), e -> {});
    return execution;
  }

  /** Starts a child of a distributed Map. */
  Execution startChild(MapRun run, Payload input, Consumer<Execution> onEnd) {
    Registered machine = run.parent().identity().machine();
    String label = run.state().label();
    String name = Ids.uuid(random);
    String arn = arns.execution(machine.name() + "/" + label, name);
    Execution child =
        new Execution(
            this,
            new Execution.Identity(machine, arn, machine.arn() + "/" + label, name, run),
            KEPT_OF_A_CHILD);
    executions.put(arn, child);
    child.begin(run.state().processor(), input, Optional.empty(), onEnd);
    return child;
  }

  Timeline timeline() {
    return timeline;
  }

  RandomGenerator random() {
    return random;
  }

  FunctionHost functions() {
    return functions;
  }

  Evaluator evaluator() {
    return evaluator;
  }

  TaskTokens tokens() {
    return tokens;
  }

  StatusEvents statusEvents() {
    return statusEvents;
  }

  Arns arns() {
    return arns;
  }

  List<ExecutionListener> listeners() {
    return listeners;
  }

  /** All executions by their ARN, in the order of their start. */
  Map<String, Execution> executions() {
    return executions;
  }

  /** All map runs by their ARN, in the order of their start. */
  Map<String, MapRun> mapRuns() {
    return mapRuns;
  }
}
