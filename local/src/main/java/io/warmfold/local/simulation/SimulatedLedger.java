package io.warmfold.local.simulation;

/**
 * Where the ledger of a simulated study is kept, and by which way the functions make their calls.
 */
public enum SimulatedLedger {
  /** In a table of this process. */
  memory,
  /** In DynamoDB Local; the calls that every fold makes leave out the SDK's way over HTTP. */
  dynamodb,
  /** In DynamoDB Local; every call is made by the SDK, as on Lambda. */
  sdk
}
