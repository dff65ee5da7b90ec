package io.warmfold.search;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trial that is still running.
 *
 * @param trial the trial's number, from 0
 * @param hyperParameters its values; those of parameters that are not tuned may be among them
 * @param partialFoldScores the folds that have a score already, by their number from 0
 */
public record Pending(
    int trial, Map<String, String> hyperParameters, SortedMap<Integer, Double> partialFoldScores) {

  public Pending {
    hyperParameters = Map.copyOf(hyperParameters);
    partialFoldScores = Collections.unmodifiableSortedMap(new TreeMap<>(partialFoldScores));
    if (trial < 0) {
      throw new IllegalArgumentException("trials are numbered from 0");
    }
  }

  /** A trial without a score so far. */
  public static Pending of(int trial, Map<String, String> hyperParameters) {
    return new Pending(trial, hyperParameters, new TreeMap<>());
  }
}
