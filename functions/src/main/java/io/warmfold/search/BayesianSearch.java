package io.warmfold.search;

import io.warmfold.search.gp.Design;
import io.warmfold.search.gp.Proposer;
import io.warmfold.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A Gaussian process after an initial design; see {@code docs/adr/0008-searcher.md}. */
record BayesianSearch(Design design) implements Searcher {

  @Override
  public Suggestion suggest(SearchSpace space, History history, List<Pending> pending, long seed) {
    List<Suggestion.Candidate> one = suggestBatch(space, history, pending, seed, 1);
    return one.isEmpty() ? new Suggestion.Exhausted() : one.getFirst();
  }

  @Override
  public List<Suggestion.Candidate> suggestBatch(
      SearchSpace space, History history, List<Pending> pending, long seed, int count) {
    Tried tried = new Tried(space, history, pending);
    List<Pending> running = new ArrayList<>(pending);
    List<Suggestion.Candidate> chosen = new ArrayList<>();
    Lessons lessons = null;
    Proposer proposer = null;
    while (chosen.size() < count) {
      int trial = Tried.nextTrial(history, running);
      Suggestion next = InitialDesign.next(space, history, running, tried, seed, design.initial());
      if (next == null) {
        if (lessons == null) {
          lessons = Lessons.of(space, history, pending);
          proposer = lessons.empty() ? null : new Proposer(design, lessons.problem(space));
        }
        next =
            proposer == null
                ? SobolSearch.draw(space, tried, seed, trial)
                : propose(space, proposer, Lessons.points(space, running), tried, seed, trial);
      }
      if (!(next instanceof Suggestion.Candidate candidate)) {
        break;
      }
      chosen.add(candidate);
      tried.add(candidate.hyperParameters());
      running.add(Pending.of(trial, candidate.hyperParameters()));
    }
    return chosen;
  }

  private static Suggestion propose(
      SearchSpace space, Proposer proposer, double[][] pending, Tried tried, long seed, int trial) {
    var proposal = proposer.propose(pending, mixed(seed, trial));
    for (double[] point : proposal.points()) {
      Map<String, String> combination = space.decode(Arrays.copyOf(point, space.dimension()));
      if (!tried.contains(combination)) {
        return new Suggestion.Candidate(combination, "Bayesian");
      }
    }
    return RandomSearch.draw(space, tried, RandomSearch.generator(seed, trial), "Random");
  }

  private static long mixed(long seed, int trial) {
    return seed * 0x9E3779B97F4A7C15L + trial;
  }

  /** See {@link Completion#expectedGain}. */
  OptionalDouble expectedGain(
      SearchSpace space, History history, List<Pending> pending, long seed) {
    Lessons lessons = Lessons.of(space, history, pending);
    if (InitialDesign.next(
                space, history, pending, new Tried(space, history, pending), seed, design.initial())
            != null
        || lessons.empty()) {
      return OptionalDouble.empty();
    }
    double gain =
        new Proposer(design, lessons.problem(space))
            .propose(Lessons.points(space, pending), mixed(seed, Tried.nextTrial(history, pending)))
            .gain();
    return Double.isFinite(gain) ? OptionalDouble.of(gain) : OptionalDouble.empty();
  }
}
