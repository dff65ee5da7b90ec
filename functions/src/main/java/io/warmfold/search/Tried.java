package io.warmfold.search;

import io.warmfold.space.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The combinations of a study that have been tried or are being tried. */
final class Tried {

  private final SearchSpace space;
  private final Set<Map<String, String>> combinations = new HashSet<>();
  private long inside;

  Tried(SearchSpace space, History history, List<Pending> pending) {
    this.space = space;
    history.trials().forEach(trial -> add(trial.hyperParameters()));
    pending.forEach(trial -> add(trial.hyperParameters()));
  }

  /** The number of the trial that is asked for: one above the greatest so far, from 0. */
  static int nextTrial(History history, List<Pending> pending) {
    int next = 0;
    for (Observation trial : history.trials()) {
      next = Math.max(next, trial.trial() + 1);
    }
    for (Pending trial : pending) {
      next = Math.max(next, trial.trial() + 1);
    }
    return next;
  }

  void add(Map<String, String> hyperParameters) {
    if (combinations.add(space.canonical(hyperParameters)) && space.contains(hyperParameters)) {
      inside++;
    }
  }

  boolean contains(Map<String, String> hyperParameters) {
    return combinations.contains(space.canonical(hyperParameters));
  }

  /** How many combinations of the space are left; empty when they cannot be counted. */
  OptionalLong left() {
    OptionalLong size = space.size();
    return size.isPresent() ? OptionalLong.of(size.getAsLong() - inside) : size;
  }
}
