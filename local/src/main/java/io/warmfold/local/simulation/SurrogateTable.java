package io.warmfold.local.simulation;

import java.util.List;

/**
 * A model cross-validated over a full grid of hyperparameters.
 *
 * @param name of the surrogate
 * @param data that the model was fitted to
 * @param rows of them
 * @param metric that was computed on the held-out rows
 * @param direction {@code Minimize} or {@code Maximize}
 * @param model that was fitted
 * @param source the software that the scores come from
 * @param folds of each split
 * @param scores by split, then by fold, then by configuration; the last parameter varies fastest
 */
record SurrogateTable(
    String name,
    String data,
    int rows,
    String metric,
    String direction,
    String model,
    List<SurrogateAxis> parameters,
    String source,
    int folds,
    List<List<List<Double>>> scores) {

  SurrogateTable {
    parameters = List.copyOf(parameters);
    int size = 1;
    for (SurrogateAxis axis : parameters) {
      size *= axis.levels().size();
    }
    for (List<List<Double>> split : scores) {
      if (split.size() != folds) {
        throw new IllegalArgumentException(
            "%d columns for %d folds".formatted(split.size(), folds));
      }
      for (List<Double> fold : split) {
        if (fold.size() != size) {
          throw new IllegalArgumentException(
              "%d scores for %d configurations".formatted(fold.size(), size));
        }
      }
    }
  }

  /**
   * The score of a fold between the points of the grid: multilinear in the scales of the
   * parameters, and at a point of the grid exactly what was measured there.
   *
   * @param places one for each parameter
   */
  double score(int split, int fold, List<SurrogateAxis.Place> places) {
    return score(scores.get(split).get(fold), places, 0, 0);
  }

  private double score(List<Double> column, List<SurrogateAxis.Place> places, int axis, int index) {
    if (axis == places.size()) {
      return column.get(index);
    }
    SurrogateAxis.Place place = places.get(axis);
    int low = index * parameters.get(axis).levels().size() + place.below();
    // A weight of 0 must not reach for a neighbour, or rounding would blur what was measured.
    if (place.share() == 0) {
      return score(column, places, axis + 1, low);
    }
    if (place.share() == 1) {
      return score(column, places, axis + 1, low + 1);
    }
    return (1 - place.share()) * score(column, places, axis + 1, low)
        + place.share() * score(column, places, axis + 1, low + 1);
  }
}
