package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * How a local cloud is opened.
 *
 * @param parameters values for the template's parameters
 * @param recording where AWS calls are recorded
 * @param remembers whether the ledger and the services' resources are kept in the work folder, so
 *     that another process can take up what this one leaves
 * @param retryDelays the waits before the retries of a failed asynchronous invocation
 * @param deliveries after which delays an event is delivered; empty for one that is lost
 * @param schedules whether the template's schedules run
 * @param troubles is told what goes wrong where nobody waits for an answer, from any thread; has to
 *     be quick
 * @param random where ids come from; a seeded one makes a virtual run repeatable
 * @param ledger what the functions keep the ledger in; empty for DynamoDB Local
 * @param observer hears of every AWS call of the functions and the state machine
 */
public record CloudOptions(
    Map<String, String> parameters,
    Optional<Path> recording,
    boolean remembers,
    List<Duration> retryDelays,
    Function<ObjectNode, List<Duration>> deliveries,
    boolean schedules,
    Consumer<Trouble> troubles,
    RandomGenerator random,
    Optional<Table> ledger,
    CallObserver observer) {

  public CloudOptions {
    parameters = Map.copyOf(parameters);
    Objects.requireNonNull(recording, "recording");
    retryDelays = List.copyOf(retryDelays);
    Objects.requireNonNull(deliveries, "deliveries");
    Objects.requireNonNull(troubles, "troubles");
    Objects.requireNonNull(random, "random");
    Objects.requireNonNull(ledger, "ledger");
    Objects.requireNonNull(observer, "observer");
  }

  /** As on AWS: everything is kept, every event comes once, retries wait one and two minutes. */
  public static CloudOptions of(RandomGenerator random) {
    return new CloudOptions(
        Map.of(),
        Optional.empty(),
        true,
        List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)),
        event -> List.of(Duration.ZERO),
        true,
        trouble -> {},
        random,
        Optional.empty(),
        (caller, service, operation) -> {});
  }

  /** The same with a recording. */
  public CloudOptions recordingTo(Path file) {
    return new CloudOptions(
        parameters,
        Optional.of(file),
        remembers,
        retryDelays,
        deliveries,
        schedules,
        troubles,
        random,
        ledger,
        observer);
  }

  /** The same with other parameters of the template. */
  public CloudOptions withParameters(Map<String, String> values) {
    return new CloudOptions(
        values,
        recording,
        remembers,
        retryDelays,
        deliveries,
        schedules,
        troubles,
        random,
        ledger,
        observer);
  }

  /** The same with nothing kept. */
  public CloudOptions forgetful() {
    return new CloudOptions(
        parameters,
        recording,
        false,
        retryDelays,
        deliveries,
        schedules,
        troubles,
        random,
        ledger,
        observer);
  }

  /** The same with other waits before retries. */
  public CloudOptions withRetryDelays(List<Duration> delays) {
    return new CloudOptions(
        parameters,
        recording,
        remembers,
        delays,
        deliveries,
        schedules,
        troubles,
        random,
        ledger,
        observer);
  }

  /** The same with events that are lost, late or doubled. */
  public CloudOptions withDeliveries(Function<ObjectNode, List<Duration>> faults) {
    return new CloudOptions(
        parameters,
        recording,
        remembers,
        retryDelays,
        faults,
        schedules,
        troubles,
        random,
        ledger,
        observer);
  }

  /** The same with somebody who is told of troubles. */
  public CloudOptions withTroubles(Consumer<Trouble> listener) {
    return new CloudOptions(
        parameters,
        recording,
        remembers,
        retryDelays,
        deliveries,
        schedules,
        listener,
        random,
        ledger,
        observer);
  }

  /** The same without schedules. */
  public CloudOptions withoutSchedules() {
    return new CloudOptions(
        parameters,
        recording,
        remembers,
        retryDelays,
        deliveries,
        false,
        troubles,
        random,
        ledger,
        observer);
  }

  /** The same with the ledger in a table of this process. */
  public CloudOptions withLedger(Table table) {
    return new CloudOptions(
        parameters,
        recording,
        remembers,
        retryDelays,
        deliveries,
        schedules,
        troubles,
        random,
        Optional.of(table),
        observer);
  }

  /** The same with somebody who hears of calls. */
  public CloudOptions observedBy(CallObserver calls) {
    return new CloudOptions(
        parameters,
        recording,
        remembers,
        retryDelays,
        deliveries,
        schedules,
        troubles,
        random,
        ledger,
        calls);
  }
}
