package io.warmfold.search;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trial that will run no further fold: complete, stopped by the race, or failed.
 *
 * <p>A score that is no finite number is taken for a failure.
 *
 * @param trial the trial's number, from 0
 * @param hyperParameters its values; those of parameters that are not tuned may be among them
 * @param foldScores the folds that have a score, by their number from 0
 * @param folds K, the number of folds of a complete trial, at least 1
 * @param failed whether the trial failed; its scores then do not count
 */
public record Observation(
    int trial,
    Map<String, String> hyperParameters,
    SortedMap<Integer, Double> foldScores,
    int folds,
    boolean failed) {

  public Observation {
    hyperParameters = Map.copyOf(hyperParameters);
    foldScores = Collections.unmodifiableSortedMap(new TreeMap<>(foldScores));
    if (trial < 0 || folds < 1) {
      throw new IllegalArgumentException("trials are numbered from 0 and have at least one fold");
    }
    if (!foldScores.isEmpty() && (foldScores.firstKey() < 0 || foldScores.lastKey() >= folds)) {
      throw new IllegalArgumentException(
          "trial " + trial + " has a fold outside of 0.." + (folds - 1));
    }
  }

  /** Whether every fold has a finite score. */
  public boolean complete() {
    return !failed && foldScores.size() == folds && finite();
  }

  /** Whether there is a score to learn from. */
  boolean scored() {
    return !failed && !foldScores.isEmpty() && finite();
  }

  private boolean finite() {
    return foldScores.values().stream().allMatch(Double::isFinite);
  }

  /**
   * The mean of the folds' scores: the CV score when the trial is complete, NaN without a score.
   */
  public double mean() {
    return foldScores.values().stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }
}
