package io.warmfold.local.cloud;

/**
 * How the functions make the calls that every fold makes: those of the table, CreateTrainingJob,
 * DescribeTrainingJob, SendTaskSuccess. All others are made by the SDK, and of a ledger in a table
 * of this process there are none.
 */
public enum Calls {
  /** By the SDK, as on Lambda. */
  BY_SDK,
  /** As JSON, straight to the gateway, which costs a fraction; a refusal is still the SDK's. */
  DIRECT
}
