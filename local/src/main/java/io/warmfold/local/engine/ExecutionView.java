package io.warmfold.local.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * What there is to say about an execution at a moment.
 *
 * @param stateMachineArn with {@code /label} at its end for a child of a distributed Map
 * @param parentArn the execution whose distributed Map started it
 * @param stop empty while it runs
 * @param events how many events its history has
 * @param transitions how many times a state was entered or tried again
 */
public record ExecutionView(
    String arn,
    String stateMachineArn,
    String name,
    Optional<String> parentArn,
    ExecutionStatus status,
    Instant start,
    Optional<Instant> stop,
    long events,
    long transitions) {}
