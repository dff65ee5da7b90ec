package io.warmfold.search.gp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The logarithm of the expected improvement, averaged over fantasies of the pending trials, each
 * against its own best (Jones et al., 1998; Snoek et al., 2012, §3.2; in logarithms, so that there
 * is a slope to climb where improvement is very unlikely: Ament et al., 2023).
 *
 * <p>What is to be improved on is the best score, which a study recommends, and not the best mean
 * that the model expects: against the mean, any point near the best trial promises a part of the
 * noise, and a noisy study gathers dozens of trials at one place before it knows whether that is
 * the right one. The best score is a lucky one, which only a point that is better, or little known,
 * can beat. It can be so lucky, by noise or by a ripple that the model takes for noise, that hardly
 * any point near the optimum can, and the search would leave the optimum for good; so a part of the
 * trials aims at the best mean (plug-in expected improvement: Picheny, Wagner and Ginsbourger, A
 * benchmark of kriging-based infill criteria for noisy optimization, 2013).
 */
final class Acquisition {

  /** What is to be improved on. */
  enum Aim {
    /** The best score that was seen. */
    SCORE,
    /** The best mean that the model expects of any trial. */
    MEAN
  }

  /** In relative terms more than rounding can make of a value. */
  private static final double SLACK = 1e-9;

  private final Posterior posterior;
  private final int terms;
  private final double[] bests;

  /**
   * The acquisition of a posterior.
   *
   * @param worth {@link Design#worth}
   */
  Acquisition(Posterior posterior, Aim aim, double worth) {
    this.posterior = posterior;
    this.terms = posterior.fantasies();
    IntToDoubleFunction best =
        switch (aim) {
          case SCORE -> posterior::best;
          case MEAN -> posterior::bestMean;
        };
    this.bests =
        IntStream.range(0, terms).mapToDouble(s -> best.applyAsDouble(s) - worth).toArray();
  }

  /**
   * The greatest expected improvement that some points promise over the best posterior mean: what
   * is still to be gained, apart from luck.
   */
  static double gain(Posterior posterior, double[][] points) {
    double[] values = new Acquisition(posterior, Aim.MEAN, 0).at(points);
    return StrictMath.exp(Arrays.stream(values).max().orElse(Double.NaN));
  }

  /** The values at many points. */
  double[] at(double[][] points) {
    var batch = posterior.predict(points);
    double[] values = new double[points.length];
    IntStream.range(0, values.length).parallel().forEach(j -> values[j] = value(batch, j));
    return values;
  }

  private double value(Posterior.Batch batch, int j) {
    double deviation = batch.deviation()[j];
    double[] z = standardised(deviation, s -> batch.means()[s][j]);
    return StrictMath.log(deviation) + new Improvements(z).logMean();
  }

  /**
   * The values at many points that may be among the greatest; a bound, which is at least the value
   * but below the greatest ones, for the others.
   *
   * <p>A mean over fantasies is at most its greatest term, which costs one improvement instead of
   * one for each fantasy and tells of most points that they are not.
   *
   * @param most how many of the greatest values are wanted
   */
  double[] greatest(double[][] points, int most) {
    var batch = posterior.predict(points);
    double[] bounds = bounds(batch);
    int[] order =
        IntStream.range(0, bounds.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(j -> bounds[j]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = bounds.clone();
    int certain = Math.min(most, order.length);
    IntStream.range(0, certain)
        .parallel()
        .forEach(place -> values[order[place]] = value(batch, order[place]));
    var best = new PriorityQueue<Double>();
    for (int place = 0; place < order.length; place++) {
      int j = order[place];
      // The bound is exact; its arithmetic is not.
      if (best.size() == most
          && bounds[j] < best.element() - SLACK * (1 + Math.abs(best.element()))) {
        break;
      }
      if (place >= certain) {
        values[j] = value(batch, j);
      }
      if (!Double.isNaN(values[j])) {
        best.add(values[j]);
        if (best.size() > most) {
          best.remove();
        }
      }
    }
    return values;
  }

  private double[] bounds(Posterior.Batch batch) {
    double[] greatest = new double[batch.deviation().length];
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    for (int s = 0; s < terms; s++) {
      double best = bests[s];
      double[] means = batch.means()[s];
      for (int j = 0; j < greatest.length; j++) {
        greatest[j] = Math.max(greatest[j], best - means[j]);
      }
    }
    for (int j = 0; j < greatest.length; j++) {
      greatest[j] /= batch.deviation()[j];
    }
    double[] bounds = Improvements.logs(greatest);
    for (int j = 0; j < bounds.length; j++) {
      bounds[j] += StrictMath.log(batch.deviation()[j]);
    }
    return bounds;
  }

  /** How far the best of each fantasy lies above its mean, in units of the deviation. */
  private double[] standardised(double deviation, IntToDoubleFunction mean) {
    double[] z = new double[terms];
    for (int s = 0; s < terms; s++) {
      z[s] = (bests[s] - mean.applyAsDouble(s)) / deviation;
    }
    return z;
  }

  /** The value at one point and its gradient by the coordinates that have an order. */
  Lbfgs.Value at(double[] point) {
    return new Local(posterior.at(point));
  }

  private final class Local implements Lbfgs.Value {

    private final Posterior.Local local;
    private final Improvements improvements;
    private final double value;

    private Local(Posterior.Local local) {
      this.local = local;
      double deviation = local.deviation();
      improvements = new Improvements(standardised(deviation, local::mean));
      value = StrictMath.log(deviation) + improvements.logMean();
    }

    @Override
    public double value() {
      return value;
    }

    @Override
    public double[] gradient() {
      double deviation = local.deviation();
      double[] byMean = new double[terms];
      double byDeviation = 0;
      for (int s = 0; s < terms; s++) {
        // With h = φ(z) + z·Φ(z): d log(σ·h) = (φ(z)·dσ − Φ(z)·dμ) / (σ·h).
        byMean[s] = -improvements.cumulative(s) / deviation;
        byDeviation += improvements.density(s) / deviation;
      }
      return local.gradient(byMean, byDeviation);
    }
  }
}
