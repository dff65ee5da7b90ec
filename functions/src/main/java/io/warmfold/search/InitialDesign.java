package io.warmfold.search;

import io.warmfold.space.SearchSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is tried before there is anything to learn from: the user's trials, the best of earlier
 * studies, the centre, Sobol.
 */
final class InitialDesign {

  /** From so many trials on, earlier studies take the place of the centre and Sobol. */
  private static final int TAUGHT = 5;

  private InitialDesign() {}

  /** The next trial of the initial design; null when it is over. */
  static Suggestion next(
      SearchSpace space,
      History history,
      List<Pending> pending,
      Tried tried,
      long seed,
      int initial) {
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
    boolean taught = false;
    for (History.Parent parent : history.parents()) {
      taught |= parent.trials().stream().filter(Observation::scored).count() >= TAUGHT;
      Optional<Map<String, String>> best = best(space, parent);
      if (begun < initial && best.isPresent() && !tried.contains(best.get())) {
        return new Suggestion.Candidate(space.canonical(best.get()), "Parent");
      }
    }
    if (begun >= initial || taught) {
      return null;
    }
    if (!tried.contains(centre)) {
      return new Suggestion.Candidate(centre, "Centre");
    }
    return SobolSearch.draw(space, tried, seed, Tried.nextTrial(history, pending));
  }

  /** A parent's best complete trial within this study's ranges. */
  private static Optional<Map<String, String>> best(SearchSpace space, History.Parent parent) {
    return parent.trials().stream()
        .filter(Observation::complete)
        .filter(trial -> space.contains(trial.hyperParameters()))
        .min(
            Comparator.<Observation>comparingDouble(trial -> parent.direction().cost(trial.mean()))
                .thenComparingInt(Observation::trial))
        .map(Observation::hyperParameters);
  }
}
