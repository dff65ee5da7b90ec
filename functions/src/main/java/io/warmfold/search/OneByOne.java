package io.warmfold.search;

import io.warmfold.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What the searchers have in common that learn nothing but what was tried. */
final class OneByOne {

  private OneByOne() {}

  /** A rule that needs to know nothing else. */
  interface Rule {

    /**
     * The next trial.
     *
     * @param trial its number
     */
    Suggestion next(SearchSpace space, History history, Tried tried, long seed, int trial);
  }

  static Suggestion suggest(
      Rule rule, SearchSpace space, History history, List<Pending> pending, long seed) {
    return rule.next(
        space,
        history,
        new Tried(space, history, pending),
        seed,
        Tried.nextTrial(history, pending));
  }

  /** As {@link Searcher#batch}; what was tried is gone through once for all of them. */
  static Searcher.Batch batch(
      Rule rule, SearchSpace space, History history, List<Pending> pending, long seed, int count) {
    var tried = new Tried(space, history, pending);
    int trial = Tried.nextTrial(history, pending);
    List<Suggestion.Candidate> chosen = new ArrayList<>();
    while (chosen.size() < count
        && rule.next(space, history, tried, seed, trial) instanceof Suggestion.Candidate next) {
      tried.add(next.hyperParameters());
      chosen.add(next);
      trial++;
    }
    return new Searcher.Batch(chosen, OptionalDouble.empty());
  }
}
