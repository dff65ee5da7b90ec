package io.warmfold.local.engine;

import java.util.Map;

/**
 * States that lead to each other: a machine's, a Map's processor or a branch of a Parallel.
 *
 * @param startAt the name of the first one
 * @param states by name
 */
record StateGraph(String startAt, Map<String, State> states) {

  State state(String name) {
    return states.get(name);
  }
}
