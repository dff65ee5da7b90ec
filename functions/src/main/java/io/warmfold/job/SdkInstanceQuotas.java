package io.warmfold.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/**
 * {@link InstanceQuotas} by Service Quotas. A quota is found by its name, because its code differs
 * from one instance type to the next; the API has no filter, so the list is read until both are
 * found.
 */
public final class SdkInstanceQuotas implements InstanceQuotas {

  /** A study is not kept waiting longer than this for what it can do without. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final Supplier<ServiceQuotasClient> client;
  private final InstantSource clock;

  /**
   * @param client asked for at each call: most functions make none, and a client is slow to build
   */
  public SdkInstanceQuotas(Supplier<ServiceQuotasClient> client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public Answer of(String instanceType) {
    try {
      return read(instanceType);
    } catch (SdkException refused) {
      return new Unknown("Service Quotas could not be read: " + refused.getMessage());
    }
  }

  private Answer read(String instanceType) {
    var jobs = OptionalInt.empty();
    var pools = OptionalInt.empty();
    var until = clock.instant().plus(PATIENCE);
    for (var page :
        client.get().listServiceQuotasPaginator(b -> b.serviceCode("sagemaker").maxResults(100))) {
      for (var quota : page.quotas()) {
        if (quota.quotaName().equals(instanceType + " for training job usage")) {
          jobs = value(quota);
        } else if (quota.quotaName().equals(instanceType + " for training warm pool usage")) {
          pools = value(quota);
        }
      }
      if (jobs.isPresent() && pools.isPresent()) {
        return new Known(jobs.getAsInt(), pools.getAsInt());
      }
      if (clock.instant().isAfter(until)) {
        return new Unknown("Service Quotas took longer than " + PATIENCE.toSeconds() + " s.");
      }
    }
    return new Unknown(
        "Service Quotas has no quota \""
            + instanceType
            + (jobs.isEmpty() ? " for training job usage\"." : " for training warm pool usage\"."));
  }

  private static OptionalInt value(ServiceQuota quota) {
    return quota.value() == null
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.clamp(quota.value(), 0, Integer.MAX_VALUE));
  }
}
