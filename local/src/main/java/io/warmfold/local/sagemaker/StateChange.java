package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/**
 * What an event tells of a job whose state has changed. Its times are milliseconds since the epoch,
 * where a job's own are seconds.
 */
final class StateChange {

  private StateChange() {}

  /**
   * The detail of the event.
   *
   * @param job as the service describes it
   * @param members what is told beside its name, status and times
   * @param tags of the job, by their keys
   */
  static ObjectNode detail(JobKind kind, ObjectNode job, List<String> members, JsonNode tags) {
    ObjectNode detail = job.objectNode();
    for (String member : List.of(kind.job("Name"), kind.job("Arn"), kind.job("Status"))) {
      detail.set(member, job.path(member));
    }
    for (String member : members) {
      if (job.has(member)) {
        detail.set(member, job.path(member).deepCopy());
      }
    }
    for (String time :
        List.of("CreationTime", "LastModifiedTime", kind.startTime(), kind.endTime())) {
      if (job.has(time)) {
        detail.put(time, millis(job.path(time)));
      }
    }
    for (JsonNode transition : detail.path("SecondaryStatusTransitions")) {
      for (String time : List.of("StartTime", "EndTime")) {
        if (transition.has(time)) {
          ((ObjectNode) transition).put(time, millis(transition.path(time)));
        }
      }
    }
    detail.set("Tags", tags);
    return detail;
  }

  private static long millis(JsonNode seconds) {
    return seconds.decimalValue().multiply(BigDecimal.valueOf(1000)).longValue();
  }
}
