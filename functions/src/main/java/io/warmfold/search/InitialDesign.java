package io.warmfold.search;

import io.warmfold.space.SearchSpace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is tried before there is anything to learn from: the user's trials, the centre, Sobol. */
final class InitialDesign {

  private static final int TRIALS = 10;

  private InitialDesign() {}

  /** The next trial of the initial design; null when it is over. */
  static Suggestion next(
      SearchSpace space, History history, List<Pending> pending, Tried tried, long seed) {
    double[] middle = new double[space.dimension()];
    Arrays.fill(middle, 0.5);
    Map<String, String> centre = space.decode(middle);
    for (Map<String, String> seedTrial : history.seedTrials()) {
      Map<String, String> whole = new HashMap<>(centre);
      whole.putAll(seedTrial);
      if (!tried.contains(whole)) {
        return new Suggestion.Candidate(space.canonical(whole), "SeedTrial");
      }
    }
    int begun = history.trials().size() + pending.size();
    if (begun >= TRIALS) {
      return null;
    }
    if (!tried.contains(centre)) {
      return new Suggestion.Candidate(centre, "Centre");
    }
    return SobolSearch.draw(space, tried, seed, Tried.nextTrial(history, pending));
  }
}
