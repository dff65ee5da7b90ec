package io.warmfold.search.gp;

import io.warmfold.search.Sobol;
import io.warmfold.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fits a Gaussian process to what is known and ranks points by expected improvement.
 *
 * <p>Pure: equal problems and seeds give equal proposals.
 */
public final class Proposer {

  /**
   * What is known.
   *
   * @param x a point for each observation
   * @param cost the observations, finite, low is good
   * @param variance the part of each observation's noise variance that is known
   * @param pending points whose outcome is awaited
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Problem(
      SearchSpace space, double[][] x, double[] cost, double[] variance, double[][] pending) {}

  /**
   * Points worth trying, the best first, and what the best is expected to improve.
   *
   * @param gain the expected improvement of the best point over the best cost known, in units of
   *     cost
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Proposal(List<double[]> points, double gain) {}

  private final Design design;

  /** A proposer of the given design. */
  public Proposer(Design design) {
    this.design = design;
  }

  /** Proposes points; the list is empty only when the model cannot be computed at all. */
  public Proposal propose(Problem problem, long seed) {
    var random = new SplittableRandom(seed);
    int d = problem.space().dimension();
    Cube cube = Cube.of(problem.space(), 1);
    Warp warp = Warp.of(problem.cost());
    int n = problem.cost().length;
    double[] y = new double[n];
    double[] known = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = warp.value(problem.cost()[i]);
      double slope = warp.slope(problem.cost()[i]);
      known[i] = Math.min(problem.variance()[i] * slope * slope, 4);
    }
    Data data = new Data(problem.x(), y, known);
    boolean[] own = new boolean[n];
    Arrays.fill(own, true);

    Hyper hyper = fit(cube, data);
    double[][] normals = normals(problem.pending().length, random.nextLong());
    Posterior posterior = null;
    for (double noise = hyper.noise(); posterior == null && noise < 1; noise *= 10) {
      posterior =
          Posterior.of(
              cube,
              new Hyper(hyper.rates(), hyper.amplitude(), noise),
              data,
              own,
              problem.pending(),
              normals);
    }
    if (posterior == null) {
      return new Proposal(List.of(), Double.NaN);
    }
    var search = new AcquisitionSearch(cube, d, new Acquisition(List.of(posterior)), random);
    List<double[]> good =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> y[i]))
            .limit(5)
            .map(i -> problem.x()[i])
            .toList();
    var candidates = search.candidates(good, design.spread(), design.around());
    if (candidates.isEmpty()) {
      return new Proposal(List.of(), Double.NaN);
    }
    return new Proposal(
        candidates.stream().map(AcquisitionSearch.Scored::point).toList(),
        StrictMath.exp(candidates.getFirst().value()) * warp.spread());
  }

  private Hyper fit(Cube cube, Data data) {
    Data some = data.size() <= design.fitted() ? data : data.subset(rows(data));
    List<Hyper> starts = new ArrayList<>();
    starts.add(Hyper.initial(cube.dimension()));
    if (some.size() <= 60) {
      double[] rates = new double[cube.dimension()];
      Arrays.fill(rates, 8);
      starts.add(new Hyper(rates, 1, 1e-3));
    }
    return MapFit.fit(cube, some, starts, design.leastNoise(), some.size() <= 100 ? 40 : 25)
        .hyper();
  }

  /** The best half, and of the others as many, evenly. */
  private int[] rows(Data data) {
    int[] order =
        IntStream.range(0, data.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> data.y()[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int half = design.fitted() / 2;
    int[] rows = new int[design.fitted()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          i < half
              ? order[i]
              : order[
                  half + (int) ((long) (i - half) * (order.length - half) / (rows.length - half))];
    }
    return rows;
  }

  private double[][] normals(int pending, long seed) {
    if (pending == 0) {
      return new double[1][0];
    }
    double[][] normals = new double[design.fantasies()][pending];
    int d = Math.min(pending, Sobol.MAX_DIMENSION);
    var sobol = new Sobol(d, seed);
    var random = new SplittableRandom(seed);
    for (int s = 0; s < normals.length; s++) {
      double[] u = sobol.point(s);
      for (int p = 0; p < pending; p++) {
        normals[s][p] = Normal.quantile(p < d ? u[p] : random.nextDouble());
      }
    }
    return normals;
  }
}
