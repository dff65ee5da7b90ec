package io.warmfold.search;

import io.warmfold.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A history as the model takes it: points of the cube with one cost each, repeated trials merged.
 *
 * @param cost low is good; a failed trial has the worst cost of the others
 * @param variance the part of the noise variance that is known, from folds that are missing
 * @param pending the points that are awaited
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lessons(double[][] x, double[] cost, double[] variance, double[][] pending) {

  /** A cost beyond this is taken for this, so that no arithmetic overflows. */
  private static final double GREATEST = 1e100;

  private record Lesson(Map<String, String> at, double cost, double variance, int trial) {}

  static Lessons of(SearchSpace space, History history, List<Pending> pending) {
    int folds = history.trials().stream().mapToInt(Observation::folds).max().orElse(1);
    List<SortedMap<Integer, Double>> scores = new ArrayList<>();
    for (Observation trial : history.trials()) {
      if (trial.scored() && trial.folds() == folds) {
        scores.add(trial.foldScores());
      }
    }
    for (Pending trial : pending) {
      scores.add(trial.partialFoldScores());
    }
    scores.sort(Comparator.comparing(Object::toString));
    FoldEffects effects = FoldEffects.of(scores, folds);

    List<Lesson> lessons = new ArrayList<>();
    List<Lesson> failed = new ArrayList<>();
    double worst = Double.NEGATIVE_INFINITY;
    for (Observation trial : history.trials()) {
      var at = space.canonical(trial.hyperParameters());
      if (!trial.scored()) {
        failed.add(new Lesson(at, 0, 0, trial.trial()));
        continue;
      }
      boolean comparable = trial.folds() == folds;
      double score = comparable ? effects.corrected(trial.foldScores()) : trial.mean();
      double cost = Math.clamp(history.direction().cost(score), -GREATEST, GREATEST);
      double variance = comparable ? effects.variance(trial.foldScores().size(), folds) : 0;
      worst = Math.max(worst, cost);
      lessons.add(new Lesson(at, cost, variance, trial.trial()));
    }
    for (Pending trial : pending) {
      var partial = trial.partialFoldScores();
      if (!partial.isEmpty()
          && partial.values().stream().allMatch(Double::isFinite)
          && partial.lastKey() < folds) {
        lessons.add(
            new Lesson(
                space.canonical(trial.hyperParameters()),
                Math.clamp(
                    history.direction().cost(effects.corrected(partial)), -GREATEST, GREATEST),
                effects.variance(partial.size(), folds),
                trial.trial()));
      }
    }
    for (Lesson failure : failed) {
      lessons.add(new Lesson(failure.at(), Double.isFinite(worst) ? worst : 0, 0, failure.trial()));
    }
    lessons.sort(
        Comparator.comparingInt(Lesson::trial)
            .thenComparing(lesson -> lesson.at().toString())
            .thenComparingDouble(Lesson::cost));
    return merged(space, lessons, pending);
  }

  private static Lessons merged(SearchSpace space, List<Lesson> lessons, List<Pending> pending) {
    Map<Map<String, String>, List<Lesson>> places = new LinkedHashMap<>();
    for (Lesson lesson : lessons) {
      places.computeIfAbsent(lesson.at(), at -> new ArrayList<>()).add(lesson);
    }
    int n = places.size();
    double[][] x = new double[n][];
    double[] cost = new double[n];
    double[] variance = new double[n];
    int i = 0;
    for (var place : places.entrySet()) {
      int count = place.getValue().size();
      x[i] = space.encode(place.getKey());
      for (Lesson lesson : place.getValue()) {
        cost[i] += lesson.cost() / count;
        variance[i] += lesson.variance() / count / count;
      }
      i++;
    }
    double[][] awaited =
        pending.stream()
            .sorted(Comparator.comparingInt(Pending::trial))
            .map(trial -> space.encode(space.canonical(trial.hyperParameters())))
            .toArray(double[][]::new);
    return new Lessons(x, cost, variance, awaited);
  }
}
