package io.warmfold.job;

/**
 * The account's quotas of instance types. Thread-safe.
 *
 * <p>Never throws: an account whose quotas cannot be read runs studies all the same.
 */
@FunctionalInterface
public interface InstanceQuotas {

  /** What is known of an instance type's quotas. */
  sealed interface Answer {}

  /**
   * They are known.
   *
   * @param trainingJobs instances that training jobs may use at once, warm ones included
   * @param warmPools instances that may be kept warm at once
   */
  record Known(int trainingJobs, int warmPools) implements Answer {}

  /** They are not known, for a reason that is a sentence. */
  record Unknown(String reason) implements Answer {}

  /**
   * The quotas of training jobs and of their warm pools.
   *
   * @param instanceType such as {@code ml.m5.large}
   */
  Answer of(String instanceType);
}
