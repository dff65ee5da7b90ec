package io.warmfold.search.gp;

import java.util.Arrays;
import java.util.List;

/**
 * The logarithm of the expected improvement, averaged over models and over fantasies of the pending
 * trials, each against its own best (Jones et al., 1998; Snoek et al., 2012, §3.2; in logarithms,
 * so that there is a slope to climb where improvement is very unlikely: Ament et al., 2023).
 */
final class Acquisition {

  private final List<Posterior> models;
  private final double[] logUnits;
  private final int terms;

  /**
   * The acquisition of some models.
   *
   * @param units one unit of each model's scale in a common one; the acquisition is in units of the
   *     first model
   */
  Acquisition(List<Posterior> models, List<Double> units) {
    this.models = List.copyOf(models);
    this.logUnits =
        units.stream().mapToDouble(unit -> StrictMath.log(unit / units.getFirst())).toArray();
    this.terms = models.stream().mapToInt(Posterior::fantasies).sum();
  }

  /** The values at many points. */
  double[] at(double[][] points) {
    int m = points.length;
    double[][] logs = new double[terms][];
    int term = 0;
    for (int i = 0; i < logUnits.length; i++) {
      Posterior model = models.get(i);
      var batch = model.predict(points);
      for (int s = 0; s < model.fantasies(); s++) {
        double[] row = batch.means()[s];
        for (int j = 0; j < m; j++) {
          double deviation = batch.deviation()[j];
          double z = (model.best(s) - row[j]) / deviation;
          row[j] = logUnits[i] + StrictMath.log(deviation) + Normal.logImprovement(z);
        }
        logs[term++] = row;
      }
    }
    double[] values = new double[m];
    double[] each = new double[terms];
    for (int j = 0; j < m; j++) {
      for (int s = 0; s < terms; s++) {
        each[s] = logs[s][j];
      }
      values[j] = logMeanExp(each);
    }
    return values;
  }

  /** The value at one point and its gradient by the coordinates that have an order. */
  double at(double[] point, double[] gradient) {
    Arrays.fill(gradient, 0);
    double[] logs = new double[terms];
    double[] z = new double[terms];
    Posterior.Local[] local = new Posterior.Local[models.size()];
    int term = 0;
    for (int i = 0; i < local.length; i++) {
      Posterior model = models.get(i);
      local[i] = model.at(point);
      for (int s = 0; s < model.fantasies(); s++, term++) {
        z[term] = (model.best(s) - local[i].mean(s)) / local[i].deviation();
        logs[term] =
            logUnits[i] + StrictMath.log(local[i].deviation()) + Normal.logImprovement(z[term]);
      }
    }
    double value = logMeanExp(logs);
    term = 0;
    for (int i = 0; i < local.length; i++) {
      Posterior model = models.get(i);
      double[] byMean = new double[model.fantasies()];
      double byDeviation = 0;
      for (int s = 0; s < byMean.length; s++, term++) {
        // d log EI = (φ(z)·dσ − Φ(z)·dμ) / (σ·h(z)), with log h(z) at hand and φ, Φ over h in logs.
        double share = StrictMath.exp(logs[term] - value) / terms;
        double h = Normal.logImprovement(z[term]);
        double density = StrictMath.exp(Normal.logDensity(z[term]) - h);
        double cumulative = Normal.cumulativeOver(z[term], h);
        byMean[s] = -share * cumulative / local[i].deviation();
        byDeviation += share * density / local[i].deviation();
      }
      local[i].addGradient(byMean, byDeviation, gradient);
    }
    return value;
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
