package io.warmfold.local.cloud;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How a local cloud is opened.
 *
 * @param random where ids come from; a seeded one makes a virtual run repeatable
 * @param parameters values for the template's parameters
 * @param persistence what outlives the cloud
 * @param delivery how events get to the functions
 * @param witnesses who hears of what happens in it
 * @param calls how the functions make the calls that every fold makes
 */
public record CloudOptions(
    RandomGenerator random,
    Map<String, String> parameters,
    Persistence persistence,
    Delivery delivery,
    Witnesses witnesses,
    Calls calls) {

  public CloudOptions {
    Objects.requireNonNull(random, "random");
    parameters = Map.copyOf(parameters);
    Objects.requireNonNull(persistence, "persistence");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(witnesses, "witnesses");
    Objects.requireNonNull(calls, "calls");
  }

  /**
   * As on AWS: everything is kept and delivered, retries wait one and two minutes, and calls are
   * made by the SDK.
   */
  public static CloudOptions of(RandomGenerator random) {
    return new CloudOptions(
        random,
        Map.of(),
        new Persistence.InFolder(),
        Delivery.retriedAfter(List.of(Duration.ofMinutes(1), Duration.ofMinutes(2))),
        Witnesses.none(),
        Calls.BY_SDK);
  }

  /** The same with other parameters of the template. */
  public CloudOptions withParameters(Map<String, String> values) {
    return new CloudOptions(random, values, persistence, delivery, witnesses, calls);
  }

  /** The same with something else that outlives the cloud. */
  public CloudOptions with(Persistence other) {
    return new CloudOptions(random, parameters, other, delivery, witnesses, calls);
  }

  /** The same with another delivery of events. */
  public CloudOptions with(Delivery other) {
    return new CloudOptions(random, parameters, persistence, other, witnesses, calls);
  }

  /** The same with other witnesses. */
  public CloudOptions with(Witnesses others) {
    return new CloudOptions(random, parameters, persistence, delivery, others, calls);
  }

  /** The same with another way of the functions' calls. */
  public CloudOptions with(Calls other) {
    return new CloudOptions(random, parameters, persistence, delivery, witnesses, other);
  }
}
