package io.warmfold.search;

import io.warmfold.search.gp.Proposer;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import io.warmfold.study.WarmStartType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A history as the model takes it: one lesson for each combination of each study.
 *
 * @param foreign for each study whether its costs have a level and spread of their own
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lessons(List<Lesson> lessons, boolean[] foreign) {

  /** A cost beyond this is taken for this, so that no arithmetic overflows. */
  private static final double GREATEST = 1e100;

  /**
   * What one combination taught.
   *
   * @param cost low is good; a failed trial has the worst cost of its study, which is no number
   *     until {@link #withCosts} where the study has no score
   * @param variance the part of the noise variance that is known, from folds that are missing
   * @param study 0 for this one
   */
  record Lesson(Map<String, String> at, double[] point, double cost, double variance, int study) {

    Lesson withCost(double other) {
      return new Lesson(at, point, other, variance, study);
    }
  }

  static Lessons of(SearchSpace space, History history, List<Pending> pending) {
    List<Lesson> lessons =
        new ArrayList<>(study(space, history.direction(), history.trials(), pending, 0));
    boolean[] foreign = new boolean[history.parents().size() + 1];
    for (int s = 1; s < foreign.length; s++) {
      var parent = history.parents().get(s - 1);
      foreign[s] = parent.warmStart() == WarmStartType.TRANSFER_LEARNING;
      lessons.addAll(study(space, parent.direction(), parent.trials(), List.of(), s));
    }
    return new Lessons(withCosts(lessons, foreign), foreign);
  }

  /**
   * Where a study has only failed so far, a failure is as bad as the worst of the studies that it
   * is compared with; where nothing has a score, no cost is better than another.
   */
  private static List<Lesson> withCosts(List<Lesson> lessons, boolean[] foreign) {
    double worst =
        lessons.stream()
            .filter(lesson -> !foreign[lesson.study()])
            .mapToDouble(Lesson::cost)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    return lessons.stream()
        .map(
            lesson ->
                Double.isNaN(lesson.cost())
                    ? lesson.withCost(foreign[lesson.study()] ? 0 : worst)
                    : lesson)
        .toList();
  }

  boolean empty() {
    return lessons.isEmpty();
  }

  /** The points of pending trials, in the order of their numbers. */
  static double[][] points(SearchSpace space, List<Pending> pending) {
    return pending.stream()
        .sorted(
            Comparator.comparingInt(Pending::trial)
                .thenComparing(trial -> space.canonical(trial.hyperParameters()).toString()))
        .map(trial -> space.encode(space.canonical(trial.hyperParameters())))
        .toArray(double[][]::new);
  }

  Proposer.Problem problem(SearchSpace space) {
    int n = lessons.size();
    double[][] x = new double[n][];
    double[] cost = new double[n];
    double[] variance = new double[n];
    int[] source = new int[n];
    for (int i = 0; i < n; i++) {
      Lesson lesson = lessons.get(i);
      x[i] = lesson.point();
      if (foreign.length > 1) {
        x[i] = Arrays.copyOf(x[i], x[i].length + 1);
        x[i][x[i].length - 1] = lesson.study();
      }
      cost[i] = lesson.cost();
      variance[i] = lesson.variance();
      source[i] = lesson.study();
    }
    return new Proposer.Problem(space, x, cost, variance, source, foreign);
  }

  private static List<Lesson> study(
      SearchSpace space,
      Direction direction,
      List<Observation> observations,
      List<Pending> pending,
      int study) {
    List<Observation> trials = new ArrayList<>(observations);
    trials.sort(
        Comparator.comparingInt(Observation::trial)
            .thenComparing(
                trial ->
                    trial.hyperParameters().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .toList()
                        .toString())
            .thenComparing(trial -> trial.foldScores().toString()));
    int folds = trials.stream().mapToInt(Observation::folds).max().orElse(1);
    List<Pending> partial =
        pending.stream()
            .filter(trial -> !trial.partialFoldScores().isEmpty())
            .filter(trial -> trial.partialFoldScores().values().stream().allMatch(Double::isFinite))
            .filter(trial -> trial.partialFoldScores().lastKey() < folds)
            .sorted(Comparator.comparingInt(Pending::trial))
            .toList();
    List<SortedMap<Integer, Double>> scores = new ArrayList<>();
    for (Observation trial : trials) {
      if (trial.scored() && trial.folds() == folds) {
        scores.add(trial.foldScores());
      }
    }
    partial.forEach(trial -> scores.add(trial.partialFoldScores()));
    // Another study's trials may lack parameters of this one's space.
    var whole = WholeScores.of(space, direction, scores, study == 0 ? trials : List.of(), folds);

    List<Lesson> lessons = new ArrayList<>();
    double worst = Double.NEGATIVE_INFINITY;
    for (Observation trial : trials) {
      if (trial.scored()) {
        var all =
            trial.folds() == folds
                ? whole.of(trial.hyperParameters(), trial.foldScores())
                : new WholeScores.Whole(trial.mean(), 0);
        var lesson = lesson(space, direction, trial.hyperParameters(), all, study);
        lesson.ifPresent(lessons::add);
        worst = Math.max(worst, lesson.map(Lesson::cost).orElse(worst));
      }
    }
    for (Pending trial : partial) {
      var all = whole.of(trial.hyperParameters(), trial.partialFoldScores());
      lesson(space, direction, trial.hyperParameters(), all, study).ifPresent(lessons::add);
    }
    // A study without a score has none that could be the worst.
    var failure =
        new WholeScores.Whole(Double.isFinite(worst) ? direction.cost(worst) : Double.NaN, 0);
    for (Observation trial : trials) {
      if (!trial.scored()) {
        lesson(space, direction, trial.hyperParameters(), failure, study).ifPresent(lessons::add);
      }
    }
    return merged(lessons);
  }

  /** Empty for a trial of another study that has a category or lacks a parameter of this one. */
  private static Optional<Lesson> lesson(
      SearchSpace space,
      Direction direction,
      Map<String, String> hyperParameters,
      WholeScores.Whole whole,
      int study) {
    try {
      var at = space.canonical(hyperParameters);
      double cost = Math.clamp(direction.cost(whole.mean()), -GREATEST, GREATEST);
      return Optional.of(new Lesson(at, space.encode(at), cost, whole.variance(), study));
    } catch (IllegalArgumentException elsewhere) {
      if (study == 0) {
        throw elsewhere;
      }
      return Optional.empty();
    }
  }

  private static List<Lesson> merged(List<Lesson> lessons) {
    Map<Map<String, String>, List<Lesson>> places = new LinkedHashMap<>();
    for (Lesson lesson : lessons) {
      places.computeIfAbsent(lesson.at(), at -> new ArrayList<>()).add(lesson);
    }
    List<Lesson> merged = new ArrayList<>();
    for (List<Lesson> place : places.values()) {
      int count = place.size();
      double cost = 0;
      double variance = 0;
      for (Lesson lesson : place) {
        cost += lesson.cost() / count;
        variance += lesson.variance() / count / count;
      }
      Lesson first = place.getFirst();
      merged.add(new Lesson(first.at(), first.point(), cost, variance, first.study()));
    }
    return merged;
  }
}
