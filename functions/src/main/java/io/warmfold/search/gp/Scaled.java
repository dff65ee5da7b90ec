package io.warmfold.search.gp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A problem in the model's scale.
 *
 * <p>This study's costs, and those of earlier studies of the same data and algorithm, share one
 * warp. Every other earlier study has one of its own, so that its level and spread do not matter;
 * while this study has few trials of its own, whose level and spread say little, theirs are matched
 * to what the earlier studies expect at the same points.
 *
 * @param own which observations are this study's
 * @param unit one unit of the model's scale near the best trials, in units of cost
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Scaled(Data data, boolean[] own, double unit) {

  /** From so many trials on a study stands on its own scale. */
  private static final int GROWN = 10;

  private static final double GREATEST_KNOWN = 4;

  /** So many of this study's best are always among some of the observations. */
  private static final int OWN_BEST = 10;

  /** From so many observations, evenly out of all in their order, and the best a warp is found. */
  private static final int WARPED = 500;

  static Scaled of(Cube cube, Proposer.Problem problem, Design design) {
    int n = problem.cost().length;
    double[] y = new double[n];
    double[] known = new double[n];
    boolean[] own = new boolean[n];
    double unit = 1;
    int[] foreign =
        IntStream.range(0, n).filter(i -> problem.foreign()[problem.source()[i]]).toArray();
    int[] native_ =
        IntStream.range(0, n).filter(i -> !problem.foreign()[problem.source()[i]]).toArray();
    for (int s = 0; s < problem.foreign().length; s++) {
      int source = s;
      int[] rows =
          problem.foreign()[s]
              ? IntStream.of(foreign).filter(i -> problem.source()[i] == source).toArray()
              : s == 0 ? native_ : new int[0];
      if (rows.length == 0) {
        continue;
      }
      Warp warp =
          design.warped()
              ? warp(cube, problem, rows)
              : Warp.linear(IntStream.of(rows).mapToDouble(i -> problem.cost()[i]).toArray());
      for (int i : rows) {
        double cost = problem.cost()[i];
        y[i] = warp.value(cost);
        double slope = warp.slope(cost);
        known[i] = Math.min(problem.variance()[i] * slope * slope, GREATEST_KNOWN);
      }
      unit = s == 0 ? warp.spread() : unit;
    }
    for (int i = 0; i < n; i++) {
      own[i] = problem.source()[i] == 0;
    }
    Data data = new Data(problem.x(), y, known);
    if (foreign.length >= GROWN && native_.length > 0 && native_.length < GROWN) {
      unit *= match(cube, data, foreign, native_, design);
    }
    if (IntStream.range(0, n).noneMatch(i -> own[i])) {
      Arrays.fill(own, true);
    }
    return new Scaled(data, own, unit);
  }

  /** The warp of some observations, from so many of them that its cost has a ceiling. */
  private static Warp warp(Cube cube, Proposer.Problem problem, int[] rows) {
    int[] some = rows;
    if (rows.length > WARPED) {
      int best = rows[0];
      for (int i : rows) {
        best = problem.cost()[i] < problem.cost()[best] ? i : best;
      }
      some =
          IntStream.concat(
                  IntStream.of(best),
                  IntStream.range(0, WARPED)
                      .map(i -> rows[(int) ((i + 0.5) * rows.length / WARPED)]))
              .distinct()
              .sorted()
              .toArray();
    }
    double[] costs = IntStream.of(some).mapToDouble(i -> problem.cost()[i]).toArray();
    double[][] x = IntStream.of(some).mapToObj(i -> problem.x()[i]).toArray(double[][]::new);
    return Warp.of(costs, Crowd.weights(cube, x));
  }

  /**
   * So many of the observations as stand for all, and this study's best, which among many of other
   * studies need not be among them: they are what is to be improved on.
   */
  Scaled some(int size) {
    int[] best =
        IntStream.range(0, own.length)
            .filter(i -> own[i])
            .boxed()
            .sorted(Comparator.comparingDouble(i -> data.y()[i]))
            .limit(OWN_BEST)
            .mapToInt(Integer::intValue)
            .toArray();
    return subset(
        IntStream.concat(IntStream.of(Subset.of(data.y(), size)), IntStream.of(best))
            .distinct()
            .sorted()
            .toArray());
  }

  private Scaled subset(int[] rows) {
    boolean[] some = new boolean[rows.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = own[rows[i]];
    }
    return new Scaled(data.subset(rows), some, unit);
  }

  /** Moves the young study's values to the level and spread expected of them; gives the unit. */
  private static double match(Cube cube, Data data, int[] foreign, int[] young, Design design) {
    Data all = data.subset(foreign);
    Data theirs = all.subset(Subset.of(all.y(), design.fitted()));
    Hyper hyper =
        MapFit.fit(
                cube,
                theirs,
                List.of(Hyper.initial(design.kernels().getFirst(), cube.dimension(), 1, 0.02)),
                design.leastNoise(),
                20)
            .hyper();
    boolean[] none = new boolean[theirs.size()];
    Regression regression = Regression.of(cube, hyper, theirs, none);
    if (regression == null) {
      return 1;
    }
    Posterior posterior = regression.given(new double[0][], new double[1][0]);
    double[] expected =
        posterior.predict(Arrays.stream(young).mapToObj(i -> data.x()[i]).toArray(double[][]::new))
            .means()[0];
    double mean = Arrays.stream(expected).average().orElse(0);
    double variance = 0;
    for (double value : expected) {
      variance += (value - mean) * (value - mean) / expected.length;
    }
    double spread = Math.max(Math.sqrt(variance), 0.1);
    double weight = (young.length - 1.0) / (GROWN - 1);
    double scale = (1 - weight) * spread + weight;
    for (int i : young) {
      data.y()[i] = (1 - weight) * mean + scale * data.y()[i];
      data.known()[i] *= scale * scale;
    }
    return 1 / scale;
  }
}
