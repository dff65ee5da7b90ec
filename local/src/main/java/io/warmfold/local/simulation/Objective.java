package io.warmfold.local.simulation;

import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * What training jobs of a simulated study come to.
 *
 * <p>Equal questions get equal answers, so that two simulations under one seed are the same and the
 * recipe is scored as Warmfold is. Called from one thread at a time.
 */
public interface Objective extends AutoCloseable {

  /** What a training job comes to. */
  sealed interface Answer {

    /**
     * The job completes.
     *
     * @param score the objective metric, finite
     * @param seconds how long it trains; empty leaves it to the simulation's conditions
     */
    record Scored(double score, OptionalDouble seconds) implements Answer {
      public Scored {
        if (!Double.isFinite(score)) {
          throw new IllegalArgumentException("a score must be finite: " + score);
        }
        if (seconds.isPresent()
            && !(seconds.getAsDouble() >= 0 && Double.isFinite(seconds.getAsDouble()))) {
          throw new IllegalArgumentException("not a training time: " + seconds.getAsDouble());
        }
      }
    }

    /** The algorithm fails. */
    record Failed(String reason) implements Answer {}
  }

  /**
   * What the training of a fold comes to.
   *
   * @param hyperParameters all that the job is given, static ones included
   * @param fold from 0; -1 for the final training on all the data
   * @param seed the simulation's
   * @throws ObjectiveException if the objective cannot answer: its process has ended, or its answer
   *     is not one
   */
  Answer answer(SortedMap<String, String> hyperParameters, int fold, long seed);

  /** Ends what the objective started. */
  @Override
  default void close() {}
}
