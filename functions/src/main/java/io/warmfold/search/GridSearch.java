package io.warmfold.search;

import io.warmfold.space.Parameter;
import io.warmfold.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every combination of a finite space, the last parameter changing fastest, without those that were
 * tried or are being tried; the seed is of no account.
 */
record GridSearch() implements Searcher {

  @Override
  public Suggestion suggest(SearchSpace space, History history, List<Pending> pending, long seed) {
    return OneByOne.suggest(GridSearch::next, space, history, pending, seed);
  }

  @Override
  public Batch batch(
      SearchSpace space, History history, List<Pending> pending, long seed, int count) {
    return OneByOne.batch(GridSearch::next, space, history, pending, seed, count);
  }

  private static Suggestion next(
      SearchSpace space, History history, Tried tried, long seed, int trial) {
    Grid grid = Grid.of(space);
    Optional<Suggestion> seedTrial = InitialDesign.seedTrial(space, history, tried);
    if (seedTrial.isPresent()) {
      return seedTrial.get();
    }
    for (long i = 0; i < grid.size(); i++) {
      var combination = grid.at(i);
      if (!tried.contains(combination)) {
        return new Suggestion.Candidate(combination, "Grid");
      }
    }
    return new Suggestion.Exhausted();
  }

  /** The combinations of a finite space by their number. */
  record Grid(SearchSpace space, long size) {

    static Grid of(SearchSpace space) {
      return new Grid(
          space,
          space
              .size()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Grid searches integer and categorical parameters; a continuous one has"
                              + " no end")));
    }

    Map<String, String> at(long index) {
      String[] values = new String[space.dimension()];
      long rest = index;
      for (int i = values.length - 1; i >= 0; i--) {
        Parameter parameter = space.parameters().get(i);
        long cardinality = parameter.cardinality();
        values[i] =
            switch (parameter) {
              case Parameter.Categorical c -> c.values().get((int) (rest % cardinality));
              case Parameter.Integral n -> Long.toString(n.min() + rest % cardinality);
              case Parameter.Continuous one -> one.decode(0);
            };
        rest /= cardinality;
      }
      Map<String, String> combination = LinkedHashMap.newLinkedHashMap(values.length);
      for (int i = 0; i < values.length; i++) {
        combination.put(space.parameters().get(i).name(), values[i]);
      }
      return combination;
    }
  }
}
