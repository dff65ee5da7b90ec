package io.warmfold.local.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.util.List;
import java.util.Map;

/** The operations on state machines. */
final class MachineCalls {

  private final Map<String, Registered> machines;

  MachineCalls(Map<String, Registered> machines) {
    this.machines = machines;
  }

  static ServiceException missing(String arn) {
    return new ServiceException(
        "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
  }

  JsonNode describe(JsonNode input) {
    String arn = Inputs.arn(input, "stateMachineArn");
    Registered machine = machines.get(arn);
    if (machine == null) {
      throw missing(arn);
    }
    ObjectNode node = described(machine);
    node.put("status", "ACTIVE");
    node.put("type", "STANDARD");
    node.put("creationDate", Responses.seconds(machine.created()));
    return node;
  }

  JsonNode describeFor(Execution execution) {
    Registered machine = execution.identity().machine();
    ObjectNode node = described(machine);
    node.put("updateDate", Responses.seconds(machine.created()));
    MapRun run = execution.identity().mapRun();
    if (run != null) {
      node.put("mapRunArn", run.arn());
      node.put("label", run.state().label());
    }
    return node;
  }

  private static ObjectNode described(Registered machine) {
    ObjectNode node = Json.NODES.objectNode();
    node.put("stateMachineArn", machine.arn());
    node.put("name", machine.name());
    node.put("definition", Json.write(machine.machine().definition()));
    node.put("roleArn", machine.roleArn());
    ObjectNode logging = node.putObject("loggingConfiguration");
    logging.put("level", "OFF").put("includeExecutionData", false);
    node.putObject("tracingConfiguration").put("enabled", false);
    return node;
  }

  JsonNode list(JsonNode input) {
    List<Registered> all = List.copyOf(machines.values());
    int size = Inputs.pageSize(input);
    ObjectNode response = Json.NODES.objectNode();
    ArrayNode page = response.putArray("stateMachines");
    for (int i = Inputs.position(input, 0, all.size()); i < all.size(); i++) {
      if (page.size() == size) {
        response.put("nextToken", Inputs.token(i));
        break;
      }
      Registered machine = all.get(i);
      page.addObject()
          .put("stateMachineArn", machine.arn())
          .put("name", machine.name())
          .put("type", "STANDARD")
          .put("creationDate", Responses.seconds(machine.created()));
    }
    return response;
  }

  static JsonNode validate(JsonNode input) {
    ObjectNode response = Json.NODES.objectNode();
    ArrayNode diagnostics = Json.NODES.arrayNode();
    try {
      Machine.load(Json.parse(Inputs.required(input, "definition")));
    } catch (JsonProcessingException e) {
      diagnostics
          .addObject()
          .put("severity", "ERROR")
          .put("code", "INVALID_JSON_DESCRIPTION")
          .put("message", e.getOriginalMessage());
    } catch (InvalidDefinitionException e) {
      e.problems()
          .forEach(
              problem ->
                  diagnostics
                      .addObject()
                      .put("severity", "ERROR")
                      .put("code", "SCHEMA_VALIDATION_FAILED")
                      .put("message", problem.message())
                      .put("location", problem.location()));
    }
    response.put("result", diagnostics.isEmpty() ? "OK" : "FAIL");
    response.set("diagnostics", diagnostics);
    response.put("truncated", false);
    return response;
  }
}
