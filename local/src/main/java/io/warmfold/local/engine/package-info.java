/**
 * Step Functions on one machine: an interpreter of the Amazon States Language (JSONata dialect) and
 * the service around it.
 *
 * <p>The interpreter is driven by events on a {@link io.warmfold.local.Timeline}; an execution that
 * waits costs no thread. What it does not know it refuses when a definition is loaded.
 */
package io.warmfold.local.engine;
