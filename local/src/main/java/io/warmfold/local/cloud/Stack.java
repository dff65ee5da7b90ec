package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a template makes, under its physical names: the resources that the local cloud runs.
 *
 * @param name the stack's name
 * @param account the account id
 * @param region the region
 * @param functions by logical id, in the order of the template
 * @param rules the rules of EventBridge that functions listen to
 * @param schedules the schedules that invoke functions
 * @param tables the DynamoDB tables
 * @param buckets the names of the S3 buckets
 * @param stateMachines the state machines
 * @param outputs the stack's outputs
 */
public record Stack(
    String name,
    String account,
    String region,
    Map<String, Function> functions,
    List<Rule> rules,
    List<Schedule> schedules,
    List<Table> tables,
    List<String> buckets,
    List<StateMachine> stateMachines,
    Map<String, String> outputs) {

  public Stack {
    functions = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(functions));
    rules = List.copyOf(rules);
    schedules = List.copyOf(schedules);
    tables = List.copyOf(tables);
    buckets = List.copyOf(buckets);
    stateMachines = List.copyOf(stateMachines);
    outputs = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(outputs));
  }

  /**
   * A Lambda function.
   *
   * @param logicalId its name in the template
   * @param handlerClass the class that handles its events
   * @param timeout how long one invocation may take
   * @param roleArn the role that its calls are made under
   * @param policy what that role allows and denies
   * @param retries how often a failed asynchronous invocation is tried again
   * @param onFailure the ARN of where an event goes that failed every time
   */
  public record Function(
      String logicalId,
      String name,
      String arn,
      String handlerClass,
      Map<String, String> environment,
      int memoryMegabytes,
      Duration timeout,
      String roleArn,
      Policy policy,
      int retries,
      Optional<String> onFailure) {

    public Function {
      environment = Map.copyOf(environment);
    }

    /** Whether a name, an ARN or an ARN with a qualifier means this function. */
    public boolean isCalled(String nameOrArn) {
      return nameOrArn.equals(name) || nameOrArn.equals(arn) || nameOrArn.startsWith(arn + ":");
    }
  }

  /** A rule of EventBridge with one function as its target. */
  public record Rule(
      String name, ObjectNode pattern, String functionArn, Optional<String> deadLetters) {}

  /** A function that is invoked over and over again. */
  public record Schedule(
      String name,
      Duration every,
      String functionArn,
      JsonNode input,
      Optional<String> deadLetters) {}

  /**
   * A DynamoDB table.
   *
   * @param create the input of CreateTable that makes it
   * @param timeToLive the attribute that says when an item expires
   */
  public record Table(
      String logicalId, String name, String arn, ObjectNode create, Optional<String> timeToLive) {}

  /**
   * A state machine.
   *
   * @param definition the definition with its substitutions applied
   * @param type {@code STANDARD} or {@code EXPRESS}
   * @param policy what its role allows and denies
   */
  public record StateMachine(
      String logicalId,
      String name,
      String arn,
      String definition,
      String type,
      String roleArn,
      Policy policy) {}

  /**
   * The only state machine.
   *
   * @throws IllegalStateException if there is none, or more than one
   */
  public StateMachine stateMachine() {
    return only(stateMachines, "state machine");
  }

  /** The only table; fails as {@link #stateMachine()} does. */
  public Table table() {
    return only(tables, "table");
  }

  /** The function of a name, an ARN or a logical id. */
  public Optional<Function> function(String nameOrArn) {
    Function byLogicalId = functions.get(nameOrArn);
    return byLogicalId != null
        ? Optional.of(byLogicalId)
        : functions.values().stream().filter(f -> f.isCalled(nameOrArn)).findFirst();
  }

  private <T> T only(Collection<T> things, String what) {
    if (things.size() != 1) {
      throw new IllegalStateException(
          "the template makes " + things.size() + " of what there should be one of: " + what);
    }
    return things.iterator().next();
  }
}
