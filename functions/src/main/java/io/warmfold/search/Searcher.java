package io.warmfold.search;

import io.warmfold.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;

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
   * Several trials that are to run side by side, each chosen as if those before it were pending.
   * Costs less than as many single calls.
   *
   * @param count how many, at least 0
   * @return {@code count} candidates; fewer only when the space is exhausted
   */
  default List<Suggestion.Candidate> suggestBatch(
      SearchSpace space, History history, List<Pending> pending, long seed, int count) {
    List<Suggestion.Candidate> chosen = new ArrayList<>();
    List<Pending> running = new ArrayList<>(pending);
    while (chosen.size() < count
        && suggest(space, history, running, seed) instanceof Suggestion.Candidate next) {
      running.add(Pending.of(Tried.nextTrial(history, running), next.hyperParameters()));
      chosen.add(next);
    }
    return chosen;
  }
}
