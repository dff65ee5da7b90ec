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
  public Batch batch(
      SearchSpace space, History history, List<Pending> pending, long seed, int count) {
    Tried tried = new Tried(space, history, pending);
    List<Pending> running = new ArrayList<>(pending);
    List<Suggestion.Candidate> chosen = new ArrayList<>();
    Lessons lessons = null;
    Proposer proposer = null;
    OptionalDouble gain = OptionalDouble.empty();
    // No model needs to be fitted to find nothing left.
    while (chosen.size() < count && tried.left().orElse(1) > 0) {
      int trial = Tried.nextTrial(history, running);
      Suggestion next = InitialDesign.next(space, history, running, tried, seed, design.initial());
      if (next == null) {
        if (lessons == null) {
          lessons = Lessons.of(space, history, pending);
          proposer = lessons.empty() ? null : new Proposer(design, lessons.problem(space));
        }
        if (proposer == null) {
          next = SobolSearch.draw(space, tried, seed, trial);
        } else {
          var proposal =
              proposer.propose(Lessons.points(space, running), mixed(seed, trial), trial);
          if (chosen.isEmpty()) {
            gain = finite(proposal.gain().getAsDouble());
          }
          next = untried(space, proposal, tried, seed, trial);
        }
      }
      if (!(next instanceof Suggestion.Candidate candidate)) {
        break;
      }
      chosen.add(candidate);
      tried.add(candidate.hyperParameters());
      running.add(Pending.of(trial, candidate.hyperParameters()));
    }
    return new Batch(chosen, gain);
  }

  private static Suggestion untried(
      SearchSpace space, Proposer.Proposal proposal, Tried tried, long seed, int trial) {
    for (double[] point : proposal.points()) {
      Map<String, String> combination = space.decode(Arrays.copyOf(point, space.dimension()));
      if (!tried.contains(combination)) {
        return new Suggestion.Candidate(combination, "Bayesian");
      }
    }
    return RandomSearch.draw(space, tried, RandomSearch.generator(seed, trial), "Random");
  }

  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static long mixed(long seed, int trial) {
    return seed * 0x9E3779B97F4A7C15L + trial;
  }

  /** See {@link Completion#expectedGain}. */
  OptionalDouble expectedGain(
      SearchSpace space, History history, List<Pending> pending, long seed) {
    return batch(space, history, pending, seed, 1).gain();
  }
}
