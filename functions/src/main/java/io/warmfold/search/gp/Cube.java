package io.warmfold.search.gp;

import io.warmfold.space.Parameter;
import io.warmfold.space.SearchSpace;
import java.util.Arrays;

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

  /** The coordinates of some points, one array for each coordinate. */
  double[][] columns(double[][] x) {
    double[][] columns = new double[dimension()][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < columns.length; k++) {
        columns[k][i] = x[i][k];
      }
    }
    return columns;
  }

  /**
   * The squared distances of many points from one, each coordinate's times its rate.
   *
   * @param columns of the points
   * @param into receives them from one point on up to another
   */
  void distances(
      double[][] columns, double[] rates, double[] point, double[] into, int from, int to) {
    Arrays.fill(into, from, to, 0);
    for (int k = 0; k < point.length; k++) {
      double[] column = columns[k];
      double at = point[k];
      double rate = rates[k];
      if (unordered[k]) {
        for (int j = from; j < to; j++) {
          into[j] += column[j] == at ? 0 : rate;
        }
      } else {
        for (int j = from; j < to; j++) {
          double difference = column[j] - at;
          into[j] += rate * difference * difference;
        }
      }
    }
  }
}
