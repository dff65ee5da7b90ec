package io.warmfold.local.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The operations on executions. Used on the timeline's thread alone. */
final class ExecutionCalls {

  private static final int LONGEST_ERROR = 256;
  private static final int LONGEST_CAUSE = 32_768;

  private final Engine engine;
  private final Map<String, Registered> machines;

  ExecutionCalls(Engine engine, Map<String, Registered> machines) {
    this.engine = engine;
    this.machines = machines;
  }

  JsonNode start(JsonNode input) {
    Registered machine = machine(Inputs.arn(input, "stateMachineArn"));
    String name = Inputs.optional(input, "name");
    if (name == null) {
      name = Ids.uuid(engine.random());
    } else if (name.isEmpty() || !Inputs.name(name)) {
      throw new ServiceException("InvalidName", "Invalid Name: '" + name + "'");
    }
    String text = Inputs.optional(input, "input");
    Payload payload = payload(text == null ? "{}" : text);
    String arn = engine.arns().execution(machine.name(), name);
    Execution execution = engine.executions().get(arn);
    if (execution == null) {
      execution = engine.start(machine, name, payload);
    } else if (execution.status() != ExecutionStatus.RUNNING
        || !execution.input().value().equals(payload.value())) {
      throw new ServiceException(
          "ExecutionAlreadyExists", "Execution Already Exists: '" + arn + "'");
    }
    return Json.NODES
        .objectNode()
        .put("executionArn", arn)
        .put("startDate", Responses.seconds(execution.start()));
  }

  private Registered machine(String arn) {
    Registered machine = machines.get(arn);
    if (machine == null) {
      int slash = arn.lastIndexOf('/');
      if (slash > 0 && machines.containsKey(arn.substring(0, slash))) {
        throw new ServiceException(
            "ValidationException", "a Map's children cannot be started by themselves: " + arn);
      }
      throw MachineCalls.missing(arn);
    }
    return machine;
  }

  private static Payload payload(String text) {
    Inputs.limited(text, "input");
    try {
      return new Payload(Json.parse(text), text);
    } catch (JsonProcessingException e) {
      throw new ServiceException(
          "InvalidExecutionInput",
          "Invalid State Machine Execution Input: '" + e.getOriginalMessage() + "'");
    }
  }

  JsonNode describe(JsonNode input) {
    Execution execution = execution(input);
    boolean data = !"METADATA_ONLY".equals(Inputs.optional(input, "includedData"));
    ObjectNode node = listed(execution);
    if (data) {
      node.put("input", execution.input().text());
      node.putObject("inputDetails").put("included", true);
      if (execution.output() != null) {
        node.put("output", execution.output().text());
        node.putObject("outputDetails").put("included", true);
      }
      Responses.error(node, execution.error(), execution.cause());
    }
    Responses.redrive(node, execution);
    return node;
  }

  JsonNode stop(JsonNode input) {
    Execution execution = execution(input);
    String error = Inputs.optional(input, "error", LONGEST_ERROR);
    String cause = Inputs.optional(input, "cause", LONGEST_CAUSE);
    execution.abort(error, cause);
    return Json.NODES.objectNode().put("stopDate", Responses.seconds(execution.stop()));
  }

  JsonNode list(JsonNode input) {
    String status = Inputs.optional(input, "statusFilter");
    Predicate<Execution> wanted = e -> status == null || e.status().name().equals(status);
    List<Execution> all;
    if (input.hasNonNull("mapRunArn")) {
      all = MapRunCalls.run(engine, Inputs.arn(input, "mapRunArn")).children();
    } else {
      Registered machine = machine(Inputs.arn(input, "stateMachineArn"));
      all = new ArrayList<>();
      for (Execution execution : engine.executions().values()) {
        if (execution.identity().machineArn().equals(machine.arn())) {
          all.add(execution);
        }
      }
    }
    int size = Inputs.pageSize(input);
    ObjectNode response = Json.NODES.objectNode();
    ArrayNode page = response.putArray("executions");
    // The newest first; a position counts from the oldest, so that a new one shifts no page.
    for (int i = Inputs.position(input, all.size(), all.size()) - 1; i >= 0; i--) {
      if (wanted.test(all.get(i))) {
        if (page.size() == size) {
          response.put("nextToken", Inputs.token(i + 1L));
          break;
        }
        page.add(listed(all.get(i)));
      }
    }
    return response;
  }

  JsonNode history(JsonNode input) {
    Execution execution = execution(input);
    boolean reverse = input.path("reverseOrder").asBoolean(false);
    boolean data = input.path("includeExecutionData").asBoolean(true);
    int size = Inputs.pageSize(input);
    List<History.Event> events = execution.history().events();
    if (reverse) {
      events = events.reversed();
    }
    long from = Inputs.position(input, 0, History.LIMIT);
    ObjectNode response = Json.NODES.objectNode();
    ArrayNode page = response.putArray("events");
    // A position is the last event's id that was shown: ids stay what they are as events are added.
    for (History.Event event : events) {
      if (from > 0 && (reverse ? event.id() >= from : event.id() <= from)) {
        continue;
      }
      if (page.size() == size) {
        response.put("nextToken", Inputs.token(page.get(size - 1).get("id").longValue()));
        break;
      }
      page.add(event(event, data));
    }
    return response;
  }

  private static ObjectNode event(History.Event event, boolean data) {
    ObjectNode node = Json.NODES.objectNode();
    node.put("timestamp", Responses.seconds(event.time()));
    node.put("type", event.type());
    node.put("id", event.id());
    node.put("previousEventId", event.previous());
    if (event.field() != null) {
      ObjectNode details = event.details();
      if (!data) {
        details = details.deepCopy();
        details.remove(
            List.of(
                "input",
                "inputDetails",
                "output",
                "outputDetails",
                "assignedVariables",
                "assignedVariablesDetails"));
      }
      node.set(event.field(), details);
    }
    return node;
  }

  /** The execution of a request. */
  Execution execution(JsonNode input) {
    String arn = Inputs.arn(input, "executionArn");
    Execution execution = engine.executions().get(arn);
    if (execution == null) {
      throw new ServiceException(
          "ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
    }
    return execution;
  }

  /** What lists and descriptions have in common. */
  private static ObjectNode listed(Execution execution) {
    Execution.Identity identity = execution.identity();
    ObjectNode node = Json.NODES.objectNode();
    node.put("executionArn", identity.arn());
    node.put("stateMachineArn", identity.machineArn());
    node.put("name", identity.name());
    node.put("status", execution.status().name());
    node.put("startDate", Responses.seconds(execution.start()));
    if (execution.stop() != null) {
      node.put("stopDate", Responses.seconds(execution.stop()));
    }
    if (identity.mapRun() != null) {
      node.put("mapRunArn", identity.mapRun().arn());
    }
    node.put("redriveCount", 0);
    return node;
  }
}
