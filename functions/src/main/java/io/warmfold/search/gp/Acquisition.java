package io.warmfold.search.gp;

import java.util.Arrays;

/**
 * The logarithm of the expected improvement, averaged over fantasies of the pending trials, each
 * against its own best (Jones et al., 1998; Snoek et al., 2012, §3.2; in logarithms, so that there
 * is a slope to climb where improvement is very unlikely: Ament et al., 2023).
 */
final class Acquisition {

  private final Posterior posterior;
  private final int terms;

  Acquisition(Posterior posterior) {
    this.posterior = posterior;
    this.terms = posterior.fantasies();
  }

  /** The values at many points. */
  double[] at(double[][] points) {
    var batch = posterior.predict(points);
    double[] values = new double[points.length];
    double[] logs = new double[terms];
    for (int j = 0; j < values.length; j++) {
      double deviation = batch.deviation()[j];
      for (int s = 0; s < terms; s++) {
        logs[s] = Normal.logImprovement((posterior.best(s) - batch.means()[s][j]) / deviation);
      }
      values[j] = StrictMath.log(deviation) + logMeanExp(logs);
    }
    return values;
  }

  /** The value at one point and its gradient by the coordinates that have an order. */
  double at(double[] point, double[] gradient) {
    Arrays.fill(gradient, 0);
    var local = posterior.at(point);
    double deviation = local.deviation();
    double[] logs = new double[terms];
    double[] z = new double[terms];
    for (int s = 0; s < terms; s++) {
      z[s] = (posterior.best(s) - local.mean(s)) / deviation;
      logs[s] = Normal.logImprovement(z[s]);
    }
    double value = logMeanExp(logs);
    double[] byMean = new double[terms];
    double byDeviation = 0;
    for (int s = 0; s < terms; s++) {
      // d log EI = (φ(z)·dσ − Φ(z)·dμ) / (σ·h(z)), with log h(z) at hand and φ, Φ over h in logs.
      double share = StrictMath.exp(logs[s] - value) / terms;
      byMean[s] = -share * Normal.cumulativeOver(z[s], logs[s]) / deviation;
      byDeviation += share * StrictMath.exp(Normal.logDensity(z[s]) - logs[s]) / deviation;
    }
    local.addGradient(byMean, byDeviation, gradient);
    return StrictMath.log(deviation) + value;
  }

  private static double logMeanExp(double[] logs) {
    if (logs.length == 1) {
      return logs[0];
    }
    double greatest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      greatest = Math.max(greatest, log);
    }
    if (Double.isInfinite(greatest)) {
      return greatest;
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - greatest);
    }
    return greatest + StrictMath.log(sum / logs.length);
  }
}
