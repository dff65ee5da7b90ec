package io.warmfold.schedule;

/** What a slot does next. */
public sealed interface Turn {

  /** A further fold of a trial. */
  record Fold(int trial, int fold) implements Turn {}

  /** The first fold of a new trial, which has this number. */
  record NewTrial(int number) implements Turn {}

  /** Nothing now, but what is in flight may still make work. */
  record Wait() implements Turn {}

  /** Nothing any more. */
  record Done() implements Turn {}
}
