package io.warmfold.search.gp;

import io.warmfold.space.Parameter;
import io.warmfold.space.SearchSpace;

/**
 * The unit cube as the model sees it: which coordinates have an order, and which have only so many
 * values.
 *
 * @param values for each coordinate how many values there are; 0 for a continuum
 * @param unordered for each coordinate whether distance means only equal or not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Cube(long[] values, boolean[] unordered, SearchSpace space) {

  /**
   * The cube of a space.
   *
   * @param sources how many studies the observations come from; when there are several, a last,
   *     unordered coordinate tells them apart, which is 0 for the study itself
   */
  static Cube of(SearchSpace space, int sources) {
    int d = space.dimension() + (sources > 1 ? 1 : 0);
    long[] values = new long[d];
    boolean[] unordered = new boolean[d];
    if (sources > 1) {
      values[d - 1] = sources;
      unordered[d - 1] = true;
    }
    for (int i = 0; i < space.dimension(); i++) {
      Parameter parameter = space.parameters().get(i);
      long n = parameter.cardinality();
      values[i] = n == Long.MAX_VALUE ? 0 : n;
      unordered[i] = parameter.unordered();
    }
    return new Cube(values, unordered, space);
  }

  int dimension() {
    return values.length;
  }

  /** The nearest point that decodes to itself: integers and categories at their bin's centre. */
  double[] snap(double[] point) {
    double[] snapped = point.clone();
    for (int i = 0; i < space.dimension(); i++) {
      Parameter parameter = space.parameters().get(i);
      if (values[i] > 0) {
        snapped[i] = parameter.encode(parameter.decode(snapped[i]));
      } else {
        snapped[i] = Math.clamp(snapped[i], 0, 1);
      }
    }
    return snapped;
  }

  /** Whether a coordinate is moved along its gradient: a continuum, or integers as good as one. */
  boolean smooth(int i) {
    return !unordered[i] && (values[i] == 0 || values[i] > 30);
  }

  /** The squared difference in a coordinate. */
  double squared(int i, double a, double b) {
    double difference = a - b;
    return unordered[i] ? (difference == 0 ? 0 : 1) : difference * difference;
  }
}
