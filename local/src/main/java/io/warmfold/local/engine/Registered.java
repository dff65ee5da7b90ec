package io.warmfold.local.engine;

import java.time.Instant;

/** A state machine under a name. */
record Registered(String name, String arn, Machine machine, String roleArn, Instant created) {}
