package io.warmfold.search.gp;

import io.warmfold.search.Sobol;
import io.warmfold.search.gp.Acquisition.Aim;
import io.warmfold.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Fits a Gaussian process to what is known and ranks points by expected improvement.
 *
 * <p>Pure: equal problems and seeds give equal proposals. The fit is done once; {@link #propose}
 * may be asked again with more pending points. Safe for use by several threads.
 */
public final class Proposer {

  /**
   * What is known.
   *
   * @param x a point for each observation; when there are several sources, with the source's number
   *     as a further coordinate
   * @param cost the observations, finite, low is good
   * @param variance the part of each observation's noise variance that is known
   * @param source the study that each observation comes from; 0 is this one
   * @param foreign for each study whether its costs have a level and spread of their own
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Problem(
      SearchSpace space,
      double[][] x,
      double[] cost,
      double[] variance,
      int[] source,
      boolean[] foreign) {}

  /**
   * Points worth trying, the best first, and what the best is expected to improve.
   *
   * @param points empty only when the model cannot be computed at all
   * @param gain works out the greatest expected improvement over the best cost that the model
   *     expects of any trial, in units of cost; NaN without a model
   */
  public record Proposal(List<double[]> points, DoubleSupplier gain) {

    private static final Proposal NONE = new Proposal(List.of(), () -> Double.NaN);
  }

  /** Observations, and their regression unless it cannot be computed without more noise. */
  private record Known(Scaled scaled, Regression regression) {}

  /** Around so many trials more points are tried. */
  private static final int GOOD = 5;

  /** Among so many of the best scores are the best means. */
  private static final int LUCKY = 40;

  /** Among so many of the candidates is the one that gains most. */
  private static final int GAINING = 50;

  /** So many observations the parameters are fitted to before all that they are fitted to. */
  private static final int FIRST_FIT = 60;

  private final Design design;
  private final int free;
  private final Cube cube;
  private final boolean many;
  private final Hyper hyper;
  private final Known whole;
  private final Known screening;

  /** Fits the model. */
  public Proposer(Design design, Problem problem) {
    this.design = design;
    this.free = problem.space().dimension();
    this.cube = Cube.of(problem.space(), problem.foreign().length);
    this.many = problem.cost().length > design.exact();
    Scaled all = Scaled.of(cube, problem, design);
    Scaled scaled = all.some(many ? design.active() : design.exact());
    this.hyper = fit(scaled.data());
    this.whole = known(scaled);
    this.screening =
        scaled.data().size() < 2 * design.screening()
            ? null
            : known(scaled.some(design.screening()));
  }

  private Hyper fit(Data data) {
    Data some = data.subset(Subset.of(data.y(), design.fitted()));
    if (some.size() <= 2 * FIRST_FIT) {
      List<Hyper> starts = new ArrayList<>();
      design.kernels().forEach(kernel -> starts.addAll(starts(kernel, some)));
      return MapFit.fit(cube, some, starts, design.leastNoise(), 40).hyper();
    }
    // A few observations lead near the parameters at a small part of the cost.
    Data few = some.subset(Subset.of(some.y(), FIRST_FIT));
    List<Hyper> near =
        design.kernels().parallelStream()
            .map(kernel -> MapFit.fit(cube, few, starts(kernel, few), design.leastNoise(), 40))
            .map(MapFit.Fitted::hyper)
            .toList();
    return MapFit.fit(cube, some, near, design.leastNoise(), 12).hyper();
  }

  private List<Hyper> starts(Matern kernel, Data data) {
    int d = cube.dimension();
    var usual = Hyper.initial(kernel, d, 1, 0.02);
    return data.size() < FIRST_FIT
        ? List.of(usual, Hyper.initial(kernel, d, 8, 1e-3))
        : List.of(usual);
  }

  /** A posterior of fewer observations that tells which candidates are worth the whole one. */
  private Acquisition coarse(double[][] awaited, double[][] normals, Aim aim) {
    if (screening == null) {
      return null;
    }
    Posterior posterior = posterior(screening, awaited, normals);
    return posterior == null ? null : new Acquisition(posterior, aim, design.worth());
  }

  /**
   * Proposes points.
   *
   * @param pending points whose outcome is awaited
   * @param trial the number that the best of them will have
   */
  public Proposal propose(double[][] pending, long seed, int trial) {
    var random = new SplittableRandom(seed);
    double[][] awaited =
        Arrays.stream(pending)
            .map(point -> Arrays.copyOf(point, cube.dimension()))
            .toArray(double[][]::new);
    double[][] drawn = normals(awaited.length, random.nextLong());
    Scaled scaled = whole.scaled();
    int observations = scaled.data().size();
    Aim aim = aim(observations, trial);
    double width = width(aim, observations);
    double[][] normals = narrowed(drawn, width);
    Posterior posterior = posterior(whole, awaited, normals);
    if (posterior == null) {
      return Proposal.NONE;
    }
    var candidates =
        new AcquisitionSearch(
                cube,
                free,
                new Acquisition(posterior, aim, design.worth()),
                coarse(awaited, normals, aim),
                random)
            .candidates(
                good(posterior, aim),
                many ? design.spread() / 2 : design.spread(),
                design.around());
    if (candidates.isEmpty()) {
      return Proposal.NONE;
    }
    List<double[]> points = candidates.stream().map(AcquisitionSearch.Scored::point).toList();
    double[][] first = points.stream().limit(GAINING).toArray(double[][]::new);
    // What ends a study must not depend on what its last suggestion aims at.
    return new Proposal(
        points,
        () ->
            gain(width == 1 ? posterior : posterior(whole, awaited, drawn), first) * scaled.unit());
  }

  private static double gain(Posterior posterior, double[][] points) {
    return posterior == null ? Double.NaN : Acquisition.gain(posterior, points);
  }

  private Aim aim(int observations, int trial) {
    if (observations < design.early()) {
      return Aim.SCORE;
    }
    int every = observations < design.late() ? 3 : 2;
    return trial % every == 1 ? Aim.MEAN : Aim.SCORE;
  }

  /** How wide the outcomes of pending points are imagined, in units of their deviation. */
  private double width(Aim aim, int observations) {
    return switch (aim) {
      case MEAN -> 0;
      case SCORE -> observations < design.early() ? design.narrow() : 1;
    };
  }

  /** The best trials by what is aimed at: the luckiest score need not be near the best mean. */
  private List<double[]> good(Posterior posterior, Aim aim) {
    Scaled scaled = whole.scaled();
    double[] y = scaled.data().y();
    double[][] lucky =
        IntStream.range(0, y.length)
            .filter(i -> scaled.own()[i])
            .boxed()
            .sorted(Comparator.comparingDouble(i -> y[i]))
            .limit(LUCKY)
            .map(i -> own(scaled.data().x()[i]))
            .toArray(double[][]::new);
    return switch (aim) {
      case SCORE -> Arrays.stream(lucky).limit(GOOD).toList();
      case MEAN -> {
        double[] means = posterior.predict(lucky).mean();
        yield IntStream.range(0, lucky.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> means[i]))
            .limit(GOOD)
            .map(i -> lucky[i])
            .toList();
      }
    };
  }

  /** The same point as one of this study. */
  private double[] own(double[] point) {
    double[] own = point.clone();
    Arrays.fill(own, free, own.length, 0);
    return own;
  }

  /** The posterior; with more noise where the covariance is too close to singular. */
  private Posterior posterior(Known known, double[][] pending, double[][] normals) {
    Regression regression = known.regression();
    Posterior posterior = regression == null ? null : regression.given(pending, normals);
    for (double noise = 10 * hyper.noise(); posterior == null && noise < 1; noise *= 10) {
      regression = regression(known.scaled(), noise);
      posterior = regression == null ? null : regression.given(pending, normals);
    }
    return posterior;
  }

  private Regression regression(Scaled scaled, double noise) {
    return Regression.of(cube, hyper.withNoise(noise), scaled.data(), scaled.own());
  }

  private Known known(Scaled scaled) {
    return new Known(scaled, regression(scaled, hyper.noise()));
  }

  private static double[][] narrowed(double[][] drawn, double width) {
    if (width == 1) {
      return drawn;
    }
    // Without width all fantasies are the same one.
    return Arrays.stream(drawn)
        .limit(width == 0 ? 1 : drawn.length)
        .map(row -> Arrays.stream(row).map(z -> width * z).toArray())
        .toArray(double[][]::new);
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
