package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.EventSink;
import io.warmfold.local.aws.FunctionHost;
import io.warmfold.local.aws.Service;
import io.warmfold.local.aws.ServiceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * AWS Step Functions: standard workflows in the JSONata dialect, as far as {@link Machine#load}
 * takes them.
 *
 * <p>Thread-safe: whatever thread a call comes from, it is carried out on the timeline's.
 */
public final class StepFunctionsService implements Service {

  /** {@link #targetPrefix}. */
  public static final String TARGET_PREFIX = "AWSStepFunctions";

  private final Timeline timeline;
  private final Engine engine;
  private final Map<String, Registered> machines = new LinkedHashMap<>();
  private final ExecutionCalls executions;
  private final MachineCalls machineCalls;
  private final TaskCalls tasks;

  /**
   * A service without state machines.
   *
   * @param random decides tokens, names and jitter; used on the timeline's thread alone from now on
   * @param functions runs the functions that tasks invoke
   * @param events hears of every change of an execution's status
   */
  public StepFunctionsService(
      Timeline timeline,
      RandomGenerator random,
      FunctionHost functions,
      EventSink events,
      String region,
      String account) {
    this.timeline = timeline;
    this.engine = new Engine(timeline, random, functions, events, new Arns(region, account));
    this.executions = new ExecutionCalls(engine, machines);
    this.machineCalls = new MachineCalls(machines);
    this.tasks = new TaskCalls(engine.tokens());
  }

  /**
   * Puts a state machine under a name; one that is there already is replaced, while its executions
   * keep the definition that they started with.
   *
   * @param definition with all substitutions done; not to be changed afterwards
   * @return its ARN
   * @throws InvalidDefinitionException as {@link Machine#load}
   */
  public String register(String name, JsonNode definition, String roleArn) {
    Machine machine = Machine.load(definition);
    String arn = engine.arns().stateMachine(name);
    Registered registered = new Registered(name, arn, machine, roleArn, timeline.instant());
    return timeline.call(
        () -> {
          machines.put(arn, registered);
          return arn;
        });
  }

  /** Adds somebody who hears of all executions from now on. */
  public void listen(ExecutionListener listener) {
    engine.listeners().add(listener);
  }

  /** How an execution stands. */
  public Optional<ExecutionView> execution(String arn) {
    return timeline.call(
        () -> Optional.ofNullable(engine.executions().get(arn)).map(Execution::view));
  }

  @Override
  public String name() {
    return "stepfunctions";
  }

  @Override
  public String targetPrefix() {
    return TARGET_PREFIX;
  }

  @Override
  public String jsonVersion() {
    return "1.0";
  }

  @Override
  public JsonNode call(String operation, JsonNode input) {
    return timeline.call(() -> dispatch(operation, input));
  }

  private JsonNode dispatch(String operation, JsonNode input) {
    return switch (operation) {
      case "StartExecution" -> executions.start(input);
      case "DescribeExecution" -> executions.describe(input);
      case "StopExecution" -> executions.stop(input);
      case "ListExecutions" -> executions.list(input);
      case "GetExecutionHistory" -> executions.history(input);
      case "DescribeStateMachine" -> machineCalls.describe(input);
      case "ListStateMachines" -> machineCalls.list(input);
      case "DescribeStateMachineForExecution" ->
          machineCalls.describeFor(executions.execution(input));
      case "ValidateStateMachineDefinition" -> MachineCalls.validate(input);
      case "ListMapRuns" -> MapRunCalls.list(executions.execution(input), input);
      case "DescribeMapRun" ->
          MapRunCalls.describe(MapRunCalls.run(engine, Inputs.arn(input, "mapRunArn")));
      case "SendTaskSuccess" -> tasks.succeed(input);
      case "SendTaskFailure" -> tasks.fail(input);
      case "SendTaskHeartbeat" -> tasks.beat(input);
      default ->
          throw new ServiceException(
              "UnknownOperationException", operation + " is not supported here");
    };
  }
}
