package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * How events get to the functions of a local cloud.
 *
 * @param retryDelays the waits before the retries of a failed asynchronous invocation
 * @param delays after which ones an event is delivered; empty for one that is lost
 * @param schedules whether the template's schedules run
 */
public record Delivery(
    List<Duration> retryDelays, Function<ObjectNode, List<Duration>> delays, boolean schedules) {

  public Delivery {
    retryDelays = List.copyOf(retryDelays);
    Objects.requireNonNull(delays, "delays");
  }

  /** Every event comes once and at once, and a failed invocation is retried after such waits. */
  public static Delivery retriedAfter(List<Duration> retryDelays) {
    return new Delivery(retryDelays, event -> List.of(Duration.ZERO), true);
  }

  /** The same with events that are lost, late or doubled. */
  public Delivery withDelays(Function<ObjectNode, List<Duration>> faults) {
    return new Delivery(retryDelays, faults, schedules);
  }

  /** The same without schedules. */
  public Delivery withoutSchedules() {
    return new Delivery(retryDelays, delays, false);
  }
}
