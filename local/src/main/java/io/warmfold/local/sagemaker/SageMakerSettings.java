package io.warmfold.local.sagemaker;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * What differs from one SageMaker account to another.
 *
 * @param account the twelve digits in ARNs
 * @param jobInstances the quota "&lt;instance type&gt; for … job usage": instances of one type that
 *     the jobs of one kind may use at once
 * @param warmPoolInstances the quota "&lt;instance type&gt; for training warm pool usage"; 0 keeps
 *     no pool, which is AWS's default
 * @param poolsOutliveFailure whether the pool of a job that failed by its algorithm or was stopped
 *     is kept, as AWS's guide says and others deny
 * @param poolDelay the time from a job's end until its warm pool's status can be seen
 * @param callsPerSecond for an operation, the calls a second that are not answered with
 *     ThrottlingException; operations that are not named are not throttled
 * @param random where the ids of events come from
 */
public record SageMakerSettings(
    String account,
    String region,
    int jobInstances,
    int warmPoolInstances,
    boolean poolsOutliveFailure,
    Duration poolDelay,
    Map<String, Double> callsPerSecond,
    RandomGenerator random) {

  public SageMakerSettings {
    Objects.requireNonNull(account);
    Objects.requireNonNull(region);
    if (jobInstances < 0 || warmPoolInstances < 0) {
      throw new IllegalArgumentException("a quota is negative");
    }
    Objects.requireNonNull(poolDelay);
    callsPerSecond = Map.copyOf(callsPerSecond);
    Objects.requireNonNull(random);
  }

  /** No quota, no throttling, pools at once. */
  public static SageMakerSettings unlimited(String account, String region, RandomGenerator random) {
    return new SageMakerSettings(
        account,
        region,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        true,
        Duration.ZERO,
        Map.of(),
        random);
  }

  /** The same with other quotas. */
  public SageMakerSettings withQuotas(int jobs, int warmPools) {
    return new SageMakerSettings(
        account, region, jobs, warmPools, poolsOutliveFailure, poolDelay, callsPerSecond, random);
  }

  /**
   * The same with throttling.
   *
   * @param rates for an operation, the calls a second that are let through
   */
  public SageMakerSettings throttled(Map<String, Double> rates) {
    return new SageMakerSettings(
        account,
        region,
        jobInstances,
        warmPoolInstances,
        poolsOutliveFailure,
        poolDelay,
        rates,
        random);
  }

  String arn(String resource) {
    return "arn:aws:sagemaker:" + region + ":" + account + ":" + resource;
  }
}
