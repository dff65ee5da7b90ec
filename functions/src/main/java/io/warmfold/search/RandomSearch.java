package io.warmfold.search;

import io.warmfold.search.GridSearch.Grid;
import io.warmfold.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Uniform draws on the scaled ranges. The seed and the number of the trial determine the draw, so
 * that a trial that is asked for again is the same.
 */
record RandomSearch() implements Searcher {

  private static final int DRAWS = 200;

  @Override
  public Suggestion suggest(SearchSpace space, History history, List<Pending> pending, long seed) {
    return OneByOne.suggest(RandomSearch::next, space, history, pending, seed);
  }

  @Override
  public Batch batch(
      SearchSpace space, History history, List<Pending> pending, long seed, int count) {
    return OneByOne.batch(RandomSearch::next, space, history, pending, seed, count);
  }

  private static Suggestion next(
      SearchSpace space, History history, Tried tried, long seed, int trial) {
    return InitialDesign.seedTrial(space, history, tried)
        .orElseGet(() -> draw(space, tried, generator(seed, trial), "Random"));
  }

  /** A generator of its own for every trial. */
  static RandomGenerator generator(long seed, int trial) {
    return new SplittableRandom(
        new SplittableRandom(seed).nextLong() + trial * 0x9E3779B97F4A7C15L);
  }

  /** A combination that was not tried, or that none is left. */
  static Suggestion draw(SearchSpace space, Tried tried, RandomGenerator random, String origin) {
    for (int i = 0; i < DRAWS; i++) {
      double[] point = random.doubles(space.dimension()).toArray();
      Map<String, String> combination = space.decode(point);
      if (!tried.contains(combination)) {
        return new Suggestion.Candidate(combination, origin);
      }
    }
    // Misses this often in a space that is nearly used up, or on ranges of a few doubles.
    if (space.size().isEmpty()) {
      return new Suggestion.Exhausted();
    }
    Grid grid = Grid.of(space);
    long start = random.nextLong(grid.size());
    for (long i = 0; i < grid.size(); i++) {
      Map<String, String> combination = grid.at((start + i) % grid.size());
      if (!tried.contains(combination)) {
        return new Suggestion.Candidate(combination, origin);
      }
    }
    return new Suggestion.Exhausted();
  }
}
