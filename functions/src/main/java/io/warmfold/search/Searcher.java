package io.warmfold.search;

import io.warmfold.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Chooses the next trial.
 *
 * <p>Pure and deterministic: equal arguments give equal suggestions in every run, whatever the
 * order of the trials in the history. No suggestion repeats a trial or a pending one.
 * Implementations keep no state and are safe for use by several threads.
 */
public sealed interface Searcher permits BayesianSearch, RandomSearch, GridSearch, SobolSearch {

  /**
   * The next trial.
   *
   * @param pending trials that are running; together with the history's they determine the number
   *     of the trial that is asked for, one above the greatest
   * @param seed the study's random seed
   * @throws IllegalArgumentException when the strategy cannot search such a space, or a trial's
   *     hyperparameters miss a tuned parameter
   */
  Suggestion suggest(SearchSpace space, History history, List<Pending> pending, long seed);

  /**
   * Several trials that are to run side by side.
   *
   * @param candidates as many as were asked for; fewer only when the space is exhausted
   * @param gain how much the first of them is expected to improve on the best score, in units of
   *     the score, at least 0: the expected improvement of Jones, Schonlau and Welch (1998). Empty
   *     if no model chose it, as during the initial design
   */
  record Batch(List<Suggestion.Candidate> candidates, OptionalDouble gain) {
    public Batch {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * Several trials that are to run side by side, each chosen as if those before it were pending.
   * Costs less than as many single calls.
   *
   * @param count how many, at least 0
   */
  default Batch batch(
      SearchSpace space, History history, List<Pending> pending, long seed, int count) {
    List<Suggestion.Candidate> chosen = new ArrayList<>();
    List<Pending> running = new ArrayList<>(pending);
    while (chosen.size() < count
        && suggest(space, history, running, seed) instanceof Suggestion.Candidate next) {
      running.add(Pending.of(Tried.nextTrial(history, running), next.hyperParameters()));
      chosen.add(next);
    }
    return new Batch(chosen, OptionalDouble.empty());
  }

  /** The candidates of {@link #batch}. */
  default List<Suggestion.Candidate> suggestBatch(
      SearchSpace space, History history, List<Pending> pending, long seed, int count) {
    return batch(space, history, pending, seed, count).candidates();
  }
}
