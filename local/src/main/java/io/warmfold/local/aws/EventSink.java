package io.warmfold.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Takes events in EventBridge's envelope ({@code source}, {@code detail-type}, {@code detail}, …).
 */
@FunctionalInterface
public interface EventSink {

  /** Delivers an event to every rule that matches it; returns at once. */
  void put(ObjectNode event);
}
