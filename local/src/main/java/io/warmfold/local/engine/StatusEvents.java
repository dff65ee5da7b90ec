package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.EventSink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * Tells EventBridge how executions stand: "Step Functions Execution Status Change" of the source
 * aws.states.
 */
final class StatusEvents {

  /** Input and output are left out of an event when they, escaped, are larger than this. */
  private static final int LIMIT = 248 * 1024;

  private final EventSink sink;
  private final Arns arns;
  private final RandomGenerator random;

  StatusEvents(EventSink sink, Arns arns, RandomGenerator random) {
    this.sink = sink;
    this.arns = arns;
    this.random = random;
  }

  void put(Execution execution) {
    String arn = execution.identity().arn();
    ObjectNode event = Json.NODES.objectNode();
    event.put("version", "0");
    event.put("id", Ids.uuid(random));
    event.put("detail-type", "Step Functions Execution Status Change");
    event.put("source", "aws.states");
    event.put("account", arns.account());
    Instant time = execution.stop() == null ? execution.start() : execution.stop();
    event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", arns.region());
    event.putArray("resources").add(arn);
    event.set("detail", detail(execution));
    sink.put(event);
  }

  private static ObjectNode detail(Execution execution) {
    ObjectNode detail = Json.NODES.objectNode();
    detail.put("executionArn", execution.identity().arn());
    detail.put("stateMachineArn", execution.identity().machineArn());
    detail.put("name", execution.identity().name());
    detail.put("status", execution.status().name());
    detail.put("startDate", execution.start().toEpochMilli());
    if (execution.stop() == null) {
      detail.putNull("stopDate");
    } else {
      detail.put("stopDate", execution.stop().toEpochMilli());
    }
    String input = execution.input().text();
    String output = execution.output() == null ? null : execution.output().text();
    int outputSize = output == null ? 0 : escaped(output);
    boolean outputFits = outputSize <= LIMIT;
    boolean inputFits = escaped(input) + (outputFits ? outputSize : 0) <= LIMIT;
    detail.put("input", inputFits ? input : null);
    detail.put("output", outputFits ? output : null);
    detail.putNull("stateMachineVersionArn");
    detail.putNull("stateMachineAliasArn");
    detail.put("redriveCount", 0);
    detail.putNull("redriveDate");
    Responses.redrive(detail, execution);
    detail.putObject("inputDetails").put("included", inputFits);
    if (output == null) {
      detail.putNull("outputDetails");
    } else {
      detail.putObject("outputDetails").put("included", outputFits);
    }
    detail.put("error", execution.error());
    detail.put("cause", execution.cause());
    return detail;
  }

  private static int escaped(String text) {
    // Most texts are far from the limit even if every character had to be escaped.
    return text.length() < LIMIT / 12
        ? text.length()
        : Json.write(Json.NODES.textNode(text)).getBytes(StandardCharsets.UTF_8).length;
  }
}
