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
    Optional<Suggestion> seedTrial = seedTrial(space, history, tried);
    if (seedTrial.isPresent()) {
      return seedTrial.get();
    }
    Map<String, String> centre = centre(space);
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

  /** The first of the user's trials that was not tried, whatever the strategy. */
  static Optional<Suggestion> seedTrial(SearchSpace space, History history, Tried tried) {
    for (Map<String, String> seedTrial : history.seedTrials()) {
      Map<String, String> whole = new HashMap<>(centre(space));
      whole.putAll(seedTrial);
      if (!tried.contains(whole)) {
        return Optional.of(new Suggestion.Candidate(space.canonical(whole), "SeedTrial"));
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> centre(SearchSpace space) {
    double[] middle = new double[space.dimension()];
    Arrays.fill(middle, 0.5);
    return space.decode(middle);
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
