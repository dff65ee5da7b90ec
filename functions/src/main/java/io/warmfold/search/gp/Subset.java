package io.warmfold.search.gp;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Chooses the observations that stand for all when there are too many for an exact model. */
final class Subset {

  private Subset() {}

  /**
   * The best half, and as many evenly out of the rest in the order they came, so that old and
   * recent ones and the whole cube are among them.
   *
   * @return increasing row numbers, {@code size} or all
   */
  static int[] of(double[] y, int size) {
    if (y.length <= size) {
      return IntStream.range(0, y.length).toArray();
    }
    int[] order =
        IntStream.range(0, y.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> y[i]).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    int half = size / 2;
    int[] rest = IntStream.of(order).skip(half).sorted().toArray();
    return IntStream.concat(
            IntStream.of(order).limit(half),
            IntStream.range(0, size - half)
                .map(i -> rest[(int) ((i + 0.5) * rest.length / (size - half))]))
        .sorted()
        .toArray();
  }
}
