package io.warmfold.study;

/**
 * How a trial is scored.
 *
 * @param folds K, from 2 to 50
 * @param splitter how rows become folds; by default stratified for the classification objectives of
 *     the built-in XGBoost, predefined if the data are shards, otherwise plain
 * @param seed of the shuffle before the split
 * @param parallelFolds how many folds of one trial may run at once, from 1 to {@code folds}
 * @param race whether a trial may be stopped before its last fold
 */
public record CrossValidation(
    int folds, SplitterType splitter, long seed, int parallelFolds, Race race) {

  /**
   * The race.
   *
   * @param type its rule
   * @param alpha a trial is stopped when its chance to beat the incumbent is below; null without a
   *     race
   */
  public record Race(RaceType type, Double alpha) {}
}
