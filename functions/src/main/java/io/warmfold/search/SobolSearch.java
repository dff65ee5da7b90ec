package io.warmfold.search;

import io.warmfold.space.SearchSpace;
import java.util.List;
import java.util.Map;

/** The scrambled Sobol sequence: trial t is its point t, or the next one that was not tried. */
record SobolSearch() implements Searcher {

  private static final int POINTS = 200;

  @Override
  public Suggestion suggest(SearchSpace space, History history, List<Pending> pending, long seed) {
    return OneByOne.suggest(SobolSearch::next, space, history, pending, seed);
  }

  @Override
  public Batch batch(
      SearchSpace space, History history, List<Pending> pending, long seed, int count) {
    return OneByOne.batch(SobolSearch::next, space, history, pending, seed, count);
  }

  private static Suggestion next(
      SearchSpace space, History history, Tried tried, long seed, int trial) {
    return InitialDesign.seedTrial(space, history, tried)
        .orElseGet(() -> draw(space, tried, seed, trial));
  }

  static Suggestion draw(SearchSpace space, Tried tried, long seed, int trial) {
    var sobol = new Sobol(space.dimension(), seed);
    for (int i = 0; i < POINTS; i++) {
      Map<String, String> combination = space.decode(sobol.point(trial + i));
      if (!tried.contains(combination)) {
        return new Suggestion.Candidate(combination, "Sobol");
      }
    }
    return RandomSearch.draw(space, tried, RandomSearch.generator(seed, trial), "Sobol");
  }
}
