package io.warmfold.search.gp;

import io.warmfold.space.SearchSpace;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * How the scores of a combination's folds can be expected to differ from their mean, learnt from
 * combinations that have all their folds. What makes a fold easy or hard is in part the same for
 * all of them, and more so for two that are near each other; so one fold of a combination beside
 * known ones may tell nearly all about its mean.
 *
 * <p>The deviations of each fold are a Gaussian process with a constant mean over the cube, all
 * folds with one kernel, and are predicted by ordinary kriging (Cressie, Statistics for Spatial
 * Data, 1993, §3.2). The kernel is that of the greatest likelihood among a few, with means and
 * variance profiled out (Santner, Williams and Notz, The Design and Analysis of Computer
 * Experiments, 2003, §3.3). Where that likelihood is little above that of deviations which have
 * nothing to do with the place, there is no pattern, and nothing is learnt.
 *
 * <p>Equal combinations in equal order give equal patterns, to the bit. Safe for use by several
 * threads.
 */
public final class FoldPatterns {

  /**
   * A combination with all its folds.
   *
   * @param scores of each fold, from 0 on, finite
   */
  public record Complete(Map<String, String> hyperParameters, List<Double> scores) {
    public Complete {
      hyperParameters = Map.copyOf(hyperParameters);
      scores = List.copyOf(scores);
    }
  }

  /**
   * What a combination with some of its folds is expected to come to with all.
   *
   * @param mean of all its folds
   * @param prior the variance of one fold's score about its pattern, as the others have it
   * @param variance the same when the combination's own scores are taken into account
   * @param degrees the degrees of freedom of that
   */
  public record Estimate(double mean, double prior, double variance, int degrees) {}

  private record Kernel(Matern shape, double length, double noise) {}

  private record Learnt(SearchSpace space, List<Complete> from, Optional<FoldPatterns> patterns) {}

  // A study asks at every turn and every fold's end, and few of these complete a trial.
  private static final AtomicReference<Learnt> LAST = new AtomicReference<>();

  /** More combinations than these, the best ones, are not used. */
  public static final int MOST = 60;

  /** Fewer combinations of different scores than this have no pattern that one could tell. */
  private static final int LEAST = 8;

  /** The kernel is chosen by so many of them, evenly from the best to the worst. */
  private static final int FITTED = 30;

  /** How many degrees of freedom the others' variance is worth. */
  private static final int STRENGTH = 7;

  private static final double[] LENGTHS = {0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2};
  private static final double[] NOISES = {1e-6, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3};
  private static final double FIRST_NOISE = 0.01;

  /** In units of log likelihood, how much a pattern has to explain: two or three parameters. */
  private static final double MARGIN = 4;

  private final Cube cube;
  private final Kernel kernel;
  private final double[][] columns;
  private final Kriging kriging;

  /** Near the end of a study all its stopped trials are judged again for every slot that asks. */
  private final Map<Map<String, String>, Kriging.Expected> expected = new ConcurrentHashMap<>();

  private FoldPatterns(Cube cube, Kernel kernel, double[][] columns, Kriging kriging) {
    this.cube = cube;
    this.kernel = kernel;
    this.columns = columns;
    this.kriging = kriging;
  }

  /**
   * Learns from some combinations.
   *
   * @param complete the best first, all with as many folds, at least 2; no more than {@link #MOST}
   *     are used
   * @return nothing when they show no pattern
   */
  public static Optional<FoldPatterns> of(SearchSpace space, List<Complete> complete) {
    if (complete.size() < LEAST) {
      return Optional.empty();
    }
    var some = List.copyOf(complete.subList(0, Math.min(complete.size(), MOST)));
    var last = LAST.get();
    if (last != null && last.space().equals(space) && last.from().equals(some)) {
      return last.patterns();
    }
    var patterns = learn(space, some);
    LAST.set(new Learnt(space, some, patterns));
    return patterns;
  }

  private static Optional<FoldPatterns> learn(SearchSpace space, List<Complete> some) {
    var different = new HashSet<List<Double>>();
    some.forEach(one -> different.add(one.scores()));
    if (different.size() < LEAST) {
      return Optional.empty();
    }
    Cube cube = Cube.of(space, 1);
    double[][] x =
        some.stream().map(one -> point(space, one.hyperParameters())).toArray(double[][]::new);
    double[][] deviations =
        some.stream().map(one -> deviations(one.scores())).toArray(double[][]::new);
    int fitted = Math.min(some.size(), FITTED);
    int[] rows =
        IntStream.range(0, fitted).map(i -> i * (some.size() - 1) / (fitted - 1)).toArray();
    Kernel kernel = likeliest(distances(cube, rows(x, rows)), rows(deviations, rows));
    if (kernel == null) {
      return Optional.empty();
    }
    return Kriging.of(correlations(distances(cube, x), kernel), deviations, kernel.noise())
        .map(kriging -> new FoldPatterns(cube, kernel, cube.columns(x), kriging));
  }

  /**
   * What a combination will come to.
   *
   * @param scores of some of its folds, at least one
   */
  public Estimate estimate(Map<String, String> hyperParameters, SortedMap<Integer, Double> scores) {
    var pattern = expected.get(hyperParameters);
    if (pattern == null) {
      pattern = expected(hyperParameters);
      expected.put(Map.copyOf(hyperParameters), pattern);
    }
    double sum = 0;
    for (var score : scores.entrySet()) {
      sum += score.getValue() - pattern.means()[score.getKey()];
    }
    double mean = sum / scores.size();
    double squares = 0;
    for (var score : scores.entrySet()) {
      double rest = score.getValue() - pattern.means()[score.getKey()] - mean;
      squares += rest * rest;
    }
    int degrees = STRENGTH + scores.size() - 1;
    double variance = (STRENGTH * pattern.variance() + squares) / degrees;
    return new Estimate(mean, pattern.variance(), variance, degrees);
  }

  private Kriging.Expected expected(Map<String, String> hyperParameters) {
    double[] point = point(cube.space(), hyperParameters);
    double[] distances = new double[columns[0].length];
    cube.distances(columns, shares(cube), point, distances, 0, distances.length);
    double[] near = new double[distances.length];
    correlate(distances, kernel, near, 0);
    return kriging.at(near);
  }

  /** The likeliest kernel, by turns in length and noise; null when none explains enough. */
  private static Kernel likeliest(double[][] distances, double[][] deviations) {
    Kernel best = null;
    double[][] nothing = new double[distances.length][distances.length];
    double greatest = likelihood(nothing, deviations, 1) + MARGIN;
    for (Matern shape : Matern.values()) {
      double noise = FIRST_NOISE;
      for (int round = 0; round < 2; round++) {
        double length = LENGTHS[0];
        double most = Double.NEGATIVE_INFINITY;
        for (double other : LENGTHS) {
          var correlations = correlations(distances, new Kernel(shape, other, noise));
          double found = likelihood(correlations, deviations, noise);
          if (found > most) {
            most = found;
            length = other;
          }
        }
        var correlations = correlations(distances, new Kernel(shape, length, noise));
        for (double other : NOISES) {
          double found = likelihood(correlations, deviations, other);
          if (found > most) {
            most = found;
            noise = other;
          }
        }
        if (most > greatest) {
          greatest = most;
          best = new Kernel(shape, length, noise);
        }
      }
    }
    return best;
  }

  private static double likelihood(double[][] correlations, double[][] deviations, double noise) {
    return Kriging.of(correlations, deviations, noise)
        .map(Kriging::likelihood)
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static double[] point(SearchSpace space, Map<String, String> hyperParameters) {
    return space.encode(space.canonical(hyperParameters));
  }

  private static double[] deviations(List<Double> scores) {
    double mean = scores.stream().mapToDouble(score -> score / scores.size()).sum();
    return scores.stream().mapToDouble(score -> score - mean).toArray();
  }

  private static double[][] rows(double[][] all, int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> all[row]).toArray(double[][]::new);
  }

  /** The mean squared distances over the coordinates, above the diagonal. */
  private static double[][] distances(Cube cube, double[][] x) {
    double[][] columns = cube.columns(x);
    double[] shares = shares(cube);
    double[][] distances = new double[x.length][x.length];
    for (int i = 0; i < x.length; i++) {
      cube.distances(columns, shares, x[i], distances[i], i + 1, x.length);
    }
    return distances;
  }

  private static double[] shares(Cube cube) {
    double[] shares = new double[cube.dimension()];
    Arrays.fill(shares, 1.0 / shares.length);
    return shares;
  }

  private static double[][] correlations(double[][] distances, Kernel kernel) {
    int n = distances.length;
    double[][] correlations = new double[n][n];
    for (int i = 0; i < n; i++) {
      correlate(distances[i], kernel, correlations[i], i + 1);
    }
    return correlations;
  }

  /** The correlations at some distances from one on. */
  private static void correlate(double[] distances, Kernel kernel, double[] into, int from) {
    int n = distances.length;
    double[] r2 = new double[n];
    for (int j = from; j < n; j++) {
      r2[j] = distances[j] / (kernel.length() * kernel.length());
    }
    kernel.shape().values(r2, new double[n], into, from, n);
  }
}
