package io.warmfold.race;

import io.warmfold.study.Direction;
import java.util.List;

/**
 * The differences of a trial's scores from another's on the same folds, positive for worse.
 *
 * @param squares the sum of their squared distances from their mean
 * @param differ whether any of them is not 0
 */
record Differences(int count, double mean, double squares, boolean differ) {

  static Differences of(List<Double> own, List<Double> incumbent, Direction direction) {
    int n = own.size();
    double[] each = new double[n];
    double sum = 0;
    boolean differ = false;
    for (int i = 0; i < n; i++) {
      double difference = own.get(i) - incumbent.get(i);
      each[i] = direction == Direction.MINIMIZE ? difference : -difference;
      sum += each[i];
      differ |= each[i] != 0;
    }
    double squares = 0;
    for (double one : each) {
      squares += (one - sum / n) * (one - sum / n);
    }
    return new Differences(n, sum / n, squares, differ);
  }

  double variance() {
    return squares / (count - 1);
  }
}
