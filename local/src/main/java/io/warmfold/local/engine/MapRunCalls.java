package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.util.List;

/** The operations on map runs. Used on the timeline's thread alone. */
final class MapRunCalls {

  private MapRunCalls() {}

  static MapRun run(Engine engine, String arn) {
    MapRun run = engine.mapRuns().get(arn);
    if (run == null) {
      throw new ServiceException("ResourceNotFound", "there is no map run " + arn);
    }
    return run;
  }

  static JsonNode list(Execution execution, JsonNode input) {
    List<MapRun> runs = execution.mapRuns();
    int size = Inputs.pageSize(input);
    ObjectNode response = Json.NODES.objectNode();
    ArrayNode page = response.putArray("mapRuns");
    for (int i = Inputs.position(input, runs.size(), runs.size()) - 1; i >= 0; i--) {
      if (page.size() == size) {
        response.put("nextToken", Inputs.token(i + 1L));
        break;
      }
      MapRun run = runs.get(i);
      ObjectNode node = page.addObject();
      node.put("executionArn", execution.identity().arn());
      node.put("mapRunArn", run.arn());
      node.put("stateMachineArn", execution.identity().machine().arn() + "/" + run.state().label());
      dates(node, run);
    }
    return response;
  }

  static JsonNode describe(MapRun run) {
    ObjectNode node = Json.NODES.objectNode();
    node.put("mapRunArn", run.arn());
    node.put("executionArn", run.parent().identity().arn());
    node.put("status", run.status().name());
    dates(node, run);
    int concurrency = run.bounds().concurrency();
    node.put("maxConcurrency", concurrency);
    node.put("toleratedFailurePercentage", run.bounds().percentage().orElse(0));
    node.put("toleratedFailureCount", run.bounds().count().orElse(0));
    // An item is a child, as nothing batches them.
    node.set("itemCounts", counts(run));
    node.set("executionCounts", counts(run));
    node.put("redriveCount", 0);
    return node;
  }

  private static void dates(ObjectNode node, MapRun run) {
    node.put("startDate", Responses.seconds(run.start()));
    if (run.stop() != null) {
      node.put("stopDate", Responses.seconds(run.stop()));
    }
  }

  private static ObjectNode counts(MapRun run) {
    boolean running = run.status() == MapRun.Status.RUNNING;
    int waiting = run.items() - run.children().size();
    int succeeded = run.count(ExecutionStatus.SUCCEEDED);
    int failed = run.count(ExecutionStatus.FAILED);
    int timedOut = run.count(ExecutionStatus.TIMED_OUT);
    int aborted = run.count(ExecutionStatus.ABORTED);
    ObjectNode node = Json.NODES.objectNode();
    node.put("pending", running ? waiting : 0);
    node.put("running", run.children().size() - succeeded - failed - timedOut - aborted);
    node.put("succeeded", succeeded);
    node.put("failed", failed);
    node.put("timedOut", timedOut);
    node.put("aborted", running ? aborted : aborted + waiting);
    node.put("total", run.items());
    node.put("resultsWritten", succeeded);
    return node;
  }
}
