/**
 * Studies on the virtual clock: the real template, definition and handlers against a model of
 * SageMaker, and the published recipe under the same conditions for comparison.
 */
package io.warmfold.local.simulation;
