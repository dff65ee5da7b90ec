package io.warmfold.search;

import io.warmfold.search.gp.Design;
import io.warmfold.search.gp.Proposer;
import io.warmfold.space.SearchSpace;
import java.util.List;

/** A Gaussian process after an initial design; see {@code docs/adr/0004-searcher.md}. */
record BayesianSearch(Design design) implements Searcher {

  @Override
  public Suggestion suggest(SearchSpace space, History history, List<Pending> pending, long seed) {
    int trial = Tried.nextTrial(history, pending);
    Tried tried = new Tried(space, history, pending);
    var start = InitialDesign.next(space, history, pending, tried, seed);
    if (start != null) {
      return start;
    }
    Lessons lessons = Lessons.of(space, history, pending);
    if (lessons.cost().length == 0) {
      return SobolSearch.draw(space, tried, seed, trial);
    }
    var proposal =
        new Proposer(design)
            .propose(
                new Proposer.Problem(
                    space, lessons.x(), lessons.cost(), lessons.variance(), lessons.pending()),
                seed * 0x9E3779B97F4A7C15L + trial);
    for (double[] point : proposal.points()) {
      var combination = space.decode(point);
      if (!tried.contains(combination)) {
        return new Suggestion.Candidate(combination, "Bayesian");
      }
    }
    return RandomSearch.draw(space, tried, RandomSearch.generator(seed, trial), "Random");
  }
}
