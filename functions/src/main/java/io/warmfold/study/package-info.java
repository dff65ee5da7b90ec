/**
 * The study document, its validation, trials, budgets and the errors that the state machine names.
 */
package io.warmfold.study;
