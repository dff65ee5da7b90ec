package io.warmfold.search.gp;

import java.util.Arrays;
import java.util.List;

/** Finds the kernel's parameters of the greatest posterior density. */
final class MapFit {

  private static final double LOWEST_RATE = StrictMath.log(1e-4);
  private static final double HIGHEST_RATE = StrictMath.log(1e4);

  private MapFit() {}

  /** The kernel's parameters and their negative log posterior density. */
  record Fitted(Hyper hyper, double cost) {}

  static Fitted fit(Cube cube, Data data, List<Hyper> starts, double leastNoise, int evaluations) {
    int d = cube.dimension();
    double[] low = new double[d + 2];
    double[] high = new double[d + 2];
    Arrays.fill(low, 0, d, LOWEST_RATE);
    Arrays.fill(high, 0, d, HIGHEST_RATE);
    low[d] = StrictMath.log(1e-3);
    high[d] = StrictMath.log(1e2);
    low[d + 1] = StrictMath.log(leastNoise);
    high[d + 1] = StrictMath.log(2);
    List<Fitted> fits =
        starts.parallelStream()
            .map(
                start -> {
                  var evidence = new Evidence(start.kernel(), cube, data);
                  var minimum =
                      Lbfgs.minimise(evidence, start.logs(), low, high, evaluations, 1e-2, 1e-9);
                  return new Fitted(Hyper.ofLogs(start.kernel(), minimum.point()), minimum.value());
                })
            .toList();
    Fitted best = new Fitted(starts.getFirst(), Double.POSITIVE_INFINITY);
    for (Fitted fit : fits) {
      if (fit.cost() < best.cost()) {
        best = fit;
      }
    }
    return best;
  }
}
