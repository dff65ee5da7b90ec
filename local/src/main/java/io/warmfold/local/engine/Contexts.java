package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Builds the context object, {@code $states.context}. */
final class Contexts {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private Contexts() {}

  /** The context of a state. */
  static ObjectNode of(Visit visit) {
    Execution execution = visit.execution();
    Execution.Identity identity = execution.identity();
    ObjectNode context = Json.NODES.objectNode();
    ObjectNode about = context.putObject("Execution");
    about.put("Id", identity.arn());
    about.set("Input", execution.input().value());
    about.put("Name", identity.name());
    about.put("RoleArn", identity.machine().roleArn());
    about.put("StartTime", text(execution.start()));
    about.put("RedriveCount", 0);
    String machineArn = identity.machineArn();
    context
        .putObject("StateMachine")
        .put("Id", machineArn)
        .put("Name", machineArn.substring(machineArn.lastIndexOf(':') + 1));
    context
        .putObject("State")
        .put("Name", visit.state().name())
        .put("EnteredTime", text(visit.enteredAt()))
        .put("RetryCount", visit.retries());
    if (visit.flow().item() != null) {
      item(context, visit.flow().item());
    }
    return context;
  }

  /**
   * The context of a task.
   *
   * @param token null when the task waits for none
   */
  static ObjectNode ofTask(Visit visit, String token) {
    ObjectNode context = of(visit);
    if (token != null) {
      context.putObject("Task").put("Token", token);
    }
    return context;
  }

  /** The context of a Map's ItemSelector. */
  static ObjectNode ofItem(Visit visit, Flow.Item item) {
    ObjectNode context = of(visit);
    item(context, item);
    return context;
  }

  private static void item(ObjectNode context, Flow.Item item) {
    ObjectNode about = context.putObject("Map").putObject("Item");
    about.put("Index", item.index());
    about.set("Value", item.value());
  }

  private static String text(Instant instant) {
    return MILLISECONDS.format(instant);
  }
}
