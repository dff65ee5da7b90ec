package io.warmfold.search;

import io.warmfold.study.Direction;
import io.warmfold.study.WarmStartType;
import java.util.List;
import java.util.Map;

/**
 * Everything a searcher may learn from.
 *
 * @param direction whether low or high scores are good
 * @param trials the trials of this study that will run no further fold, in any order
 * @param parents earlier studies, never confused with this study's own scores
 * @param seedTrials combinations that the user wants tried first; values may be missing, which the
 *     searcher fills in
 */
public record History(
    Direction direction,
    List<Observation> trials,
    List<Parent> parents,
    List<Map<String, String>> seedTrials) {

  public History {
    trials = List.copyOf(trials);
    parents = List.copyOf(parents);
    seedTrials = seedTrials.stream().map(Map::copyOf).toList();
  }

  /** The trials of a study that has neither parents nor seed trials. */
  public static History of(Direction direction, List<Observation> trials) {
    return new History(direction, trials, List.of(), List.of());
  }

  /**
   * An earlier study.
   *
   * @param study its key
   * @param direction of its objective
   * @param trials what it learned; values outside this study's ranges are allowed
   */
  public record Parent(
      String study, WarmStartType warmStart, Direction direction, List<Observation> trials) {
    public Parent {
      trials = List.copyOf(trials);
    }
  }
}
