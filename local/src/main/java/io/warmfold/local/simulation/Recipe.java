package io.warmfold.local.simulation;

import io.warmfold.flow.Spaces;
import io.warmfold.local.simulation.Meter.Item;
import io.warmfold.local.simulation.Objective.Answer;
import io.warmfold.search.History;
import io.warmfold.search.Observation;
import io.warmfold.search.Pending;
import io.warmfold.search.Searcher;
import io.warmfold.search.Searchers;
import io.warmfold.search.Suggestion;
import io.warmfold.search.gp.Design;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import io.warmfold.study.StrategyType;
import io.warmfold.study.StudyDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The published recipe under the conditions of a simulation: a tuning job of SageMaker whose every
 * training job is a coordinator, which starts the K folds of its trial and waits for them. What the
 * model leaves out or makes cheaper than it is favours the recipe; docs/recipe.md lists it. Pure
 * but for the objective.
 */
public final class Recipe {

  /** A coordinator starts one fold job after the other, so as not to be throttled. */
  static final double SPACING = 5;

  /** A coordinator looks so often whether its folds are done. */
  static final double POLLING = 5;

  /** A trial, when it ended and from when on the search knows it. */
  private record Ended(double seconds, double known, Observation trial) {}

  /** The right to run one trial at a time, and K warm pools. */
  private record Lane(int number, double free) {}

  private final StudyDocument document;
  private final Objective objective;
  private final Conditions conditions;
  private final boolean warm;
  private final JobTimes times;
  private final SearchSpace space;
  private final Direction direction;
  private final Searcher searcher;
  private final Meter folds = new Meter();
  private final Meter coordinators = new Meter();
  private final List<Ended> ended = new ArrayList<>();

  /** When the last job in a pool ended, by lane and fold; absent as long as there is no pool. */
  private final Map<List<Integer>, Double> pools = new HashMap<>();

  private final List<double[]> jobs = new ArrayList<>();
  private int coldStarts;

  private Recipe(StudyDocument document, Objective objective, Conditions conditions, boolean warm) {
    this.document = document;
    this.objective = objective;
    this.conditions = conditions;
    this.warm = warm;
    this.times = new JobTimes(conditions);
    this.space = Spaces.of(document.tuning().parameterRanges());
    this.direction = Direction.named(document.direction().label());
    this.searcher = searcher(document.tuning().strategy());
  }

  /**
   * Simulates the recipe on the trials, slots, folds and strategy of a document.
   *
   * @param objective not closed
   * @param warm whether the fold jobs run in warm pools
   */
  public static RecipeResult simulate(
      StudyDocument document, Objective objective, Conditions conditions, boolean warm) {
    return simulate(document, objective, conditions, warm, () -> false).orElseThrow();
  }

  /**
   * The same for somebody who may lose his patience.
   *
   * @param stop looked at before each trial
   * @return empty if it was stopped
   */
  public static Optional<RecipeResult> simulate(
      StudyDocument document,
      Objective objective,
      Conditions conditions,
      boolean warm,
      BooleanSupplier stop) {
    return new Recipe(document, objective, conditions, warm).run(stop);
  }

  private static Searcher searcher(StrategyType strategy) {
    return strategy == StrategyType.BAYESIAN
        ? Searchers.bayesian(Design.published())
        : Searchers.named(strategy.label());
  }

  private Optional<RecipeResult> run(BooleanSupplier stop) {
    int parallel = Math.max(1, document.slots() / document.folds());
    PriorityQueue<Lane> lanes =
        new PriorityQueue<>(Comparator.comparingDouble(Lane::free).thenComparingInt(Lane::number));
    for (int i = 0; i < parallel; i++) {
      lanes.add(new Lane(i, 0));
    }
    int trial = 0;
    while (trial < document.maxTrials() && !lanes.isEmpty()) {
      double now = lanes.peek().free();
      int most = Math.min(document.maxTrials() - trial, payable(trial));
      if (over(now) || most == 0) {
        break;
      }
      List<Lane> free = new ArrayList<>();
      while (!lanes.isEmpty() && lanes.peek().free() == now && free.size() < most) {
        free.add(lanes.remove());
      }
      List<Suggestion.Candidate> chosen = suggestions(now, free.size());
      if (chosen.isEmpty()) {
        break;
      }
      for (int i = 0; i < chosen.size(); i++) {
        if (stop.getAsBoolean()) {
          return Optional.empty();
        }
        lanes.add(train(free.get(i), trial, chosen.get(i).hyperParameters()));
        trial++;
      }
    }
    return Optional.of(result());
  }

  /** Whether the document lets no further trial start. */
  private boolean over(double now) {
    Integer most = document.tuning().resourceLimits().maxRuntimeInSeconds();
    if (most != null && now >= most) {
      return true;
    }
    return document.targetScore().isPresent()
        && ended.stream()
            .filter(one -> one.known() <= now && one.trial().complete())
            .anyMatch(one -> !direction.better(document.targetScore().get(), one.trial().mean()));
  }

  /**
   * How many further trials {@code MaxCost} pays for to their ends, if each costs as much as those
   * before it did on average. The first ones begin whatever they cost: nobody knows yet.
   */
  private int payable(int begun) {
    Double limit = document.tuning().resourceLimits().maxCost();
    if (limit == null || begun == 0) {
      return Integer.MAX_VALUE;
    }
    double seconds = limit / document.tuning().resourceLimits().pricePerInstanceHour() * 3600;
    double spent = folds.at(Double.MAX_VALUE).total() + coordinators.at(Double.MAX_VALUE).total();
    return (int) Math.max(0, StrictMath.floor((seconds - spent) / (spent / begun)));
  }

  private List<Suggestion.Candidate> suggestions(double now, int count) {
    List<Observation> known = new ArrayList<>();
    List<Pending> running = new ArrayList<>();
    for (Ended one : ended) {
      if (one.known() <= now) {
        known.add(one.trial());
      } else {
        running.add(Pending.of(one.trial().trial(), one.trial().hyperParameters()));
      }
    }
    return searcher.suggestBatch(
        space, History.of(direction, known), running, document.tuning().randomSeed(), count);
  }

  /** Runs a trial in a lane that is free, and answers when it is free again. */
  private Lane train(Lane lane, int trial, Map<String, String> chosen) {
    SortedMap<String, String> values = new TreeMap<>(document.training().staticHyperParameters());
    values.putAll(chosen);
    SortedMap<Integer, Double> scores = new TreeMap<>();
    boolean failed = false;
    double begun = lane.free();
    double longest = 0;
    double end = begun;
    for (int fold = 0; fold < document.folds(); fold++) {
      Answer answer = objective.answer(values, fold, conditions.seed());
      switch (answer) {
        // As SageMaker keeps a final metric.
        case Answer.Scored(double score, var _) -> scores.put(fold, (double) (float) score);
        case Answer.Failed _ -> failed = true;
      }
      double started = begun + SPACING * fold;
      double took = job(lane, fold, started, times.training(answer, values, fold));
      longest = Math.max(longest, polled(took));
      end = Math.max(end, started + polled(took));
    }
    // The next trial's folds follow one another 5 s apart as well, so that in a lane the spacing is
    // waited for once and not at each trial. So the next coordinator begins where this one would
    // have ended without it, and the search knows this trial by then.
    Lane next = new Lane(lane.number(), begun + longest);
    coordinators.begin(Item.TRAINING, 1, begun).end(next.free());
    jobs.add(new double[] {begun, next.free()});
    ended.add(
        new Ended(
            end, next.free(), new Observation(trial, chosen, scores, document.folds(), failed)));
    return next;
  }

  /** How long a fold job takes from its creation to its end. */
  private double job(Lane lane, int fold, double created, double training) {
    List<Integer> pool = List.of(lane.number(), fold);
    Double kept = pools.get(pool);
    int instances = document.training().resourceConfig().instanceCount();
    if (kept == null) {
      coldStarts++;
    } else {
      folds.begin(Item.WARM_IDLE, instances, kept).end(created);
    }
    StartUp startUp = StartUp.of(conditions, kept != null);
    double prepared = created + startUp.provisioning();
    double trained = prepared + startUp.preparation();
    folds.begin(Item.START_UP, instances, prepared).end(trained);
    folds.begin(Item.TRAINING, instances, trained).end(trained + training);
    if (warm) {
      pools.put(pool, trained + training);
    }
    jobs.add(new double[] {created, trained + training});
    return trained + training - created;
  }

  private static double polled(double took) {
    return POLLING * StrictMath.ceil(took / POLLING - 1e-9);
  }

  private RecipeResult result() {
    ended.sort(
        Comparator.comparingDouble(Ended::seconds).thenComparingInt(one -> one.trial().trial()));
    List<Incumbent> incumbents = new ArrayList<>();
    for (Ended one : ended) {
      Observation trial = one.trial();
      if (trial.complete()
          && (incumbents.isEmpty()
              || direction.better(trial.mean(), incumbents.getLast().cvScore()))) {
        incumbents.add(
            new Incumbent(
                one.seconds(),
                folds.at(one.seconds()).total() + coordinators.at(one.seconds()).total(),
                trial.trial(),
                trial.mean(),
                new TreeMap<>(trial.hyperParameters())));
      }
    }
    double elapsed = ended.stream().mapToDouble(Ended::seconds).max().orElse(0);
    return new RecipeResult(
        warm,
        elapsed,
        folds.at(Double.MAX_VALUE),
        coordinators.at(Double.MAX_VALUE).total(),
        ended.size(),
        (int) ended.stream().filter(one -> one.trial().failed()).count(),
        ended.size() * document.folds(),
        coldStarts,
        peak(),
        incumbents);
  }

  private int peak() {
    // Ends before beginnings, where both are at one moment.
    List<double[]> changes = new ArrayList<>();
    for (double[] job : jobs) {
      changes.add(new double[] {job[0], 1});
      changes.add(new double[] {job[1], -1});
    }
    changes.sort(
        Comparator.<double[]>comparingDouble(one -> one[0]).thenComparingDouble(one -> one[1]));
    int now = 0;
    int peak = 0;
    for (double[] change : changes) {
      now += (int) change[1];
      peak = Math.max(peak, now);
    }
    return peak;
  }
}
