package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * A state machine definition, read and checked. Immutable.
 *
 * @param definition what it was read from
 * @param graph its states
 * @param timeout how long an execution may take
 */
public record Machine(JsonNode definition, StateGraph graph, Optional<Duration> timeout) {

  /**
   * Reads a definition in the JSONata dialect of the Amazon States Language.
   *
   * @param definition as AWS takes it, all substitutions done; not to be changed afterwards
   * @throws InvalidDefinitionException naming every problem with its location: a mistake that AWS
   *     would refuse, or a state type, field, resource or function that is not supported here
   */
  public static Machine load(JsonNode definition) {
    return new MachineReader().read(definition);
  }
}
