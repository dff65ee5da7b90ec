package io.warmfold.local.cloud;

/** How the functions make the calls that every fold makes; all others are made by the SDK. */
public enum Calls {
  /** By the SDK, as on Lambda. */
  BY_SDK,
  /** As JSON, straight to the gateway, which costs a fraction; a refusal is still the SDK's. */
  DIRECT
}
