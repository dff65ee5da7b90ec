package io.warmfold.search.gp;

import java.util.Arrays;

/**
 * Minimises a smooth function in a box: limited-memory BFGS (Nocedal and Wright, Numerical
 * Optimization, algorithm 7.4) on the variables that are not held at a bound, with projection and a
 * backtracking line search (Bertsekas, 1982).
 */
final class Lbfgs {

  private static final int MEMORY = 8;
  private static final int HALVINGS = 20;

  /** A smooth function. */
  @FunctionalInterface
  interface Objective {
    /** What it is at a point, which may be changed afterwards. */
    Value at(double[] point);
  }

  /** A function at a point. A step that is not taken needs no gradient. */
  interface Value {
    /** Infinite or NaN where the function is not defined. */
    double value();

    /** The gradient where the value is finite; asked for once at most. */
    double[] gradient();
  }

  /** Where the search ended. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Minimum(double[] point, double value) {}

  private Lbfgs() {}

  /**
   * Minimises from a start.
   *
   * @param evaluations at most
   * @param tolerance it ends where no slope into the box is steeper
   * @param leastGain it ends with a step that gains less than so many times 1 and the value's size,
   *     unless the step had to be made much shorter than the model of the function proposed
   */
  static Minimum minimise(
      Objective f,
      double[] start,
      double[] low,
      double[] high,
      int evaluations,
      double tolerance,
      double leastGain) {
    int d = start.length;
    double[] x = clamp(start.clone(), low, high);
    Value first = f.at(x);
    double value = first.value();
    if (!Double.isFinite(value)) {
      return new Minimum(x, Double.POSITIVE_INFINITY);
    }
    double[] g = first.gradient();
    double[][] steps = new double[MEMORY][];
    double[][] changes = new double[MEMORY][];
    int kept = 0;
    int used = 1;
    while (used < evaluations) {
      boolean[] free = new boolean[d];
      double steepest = 0;
      for (int i = 0; i < d; i++) {
        free[i] = !(x[i] <= low[i] && g[i] > 0) && !(x[i] >= high[i] && g[i] < 0);
        steepest = free[i] ? Math.max(steepest, Math.abs(g[i])) : steepest;
      }
      if (steepest < tolerance) {
        break;
      }
      double[] direction = direction(g, free, steps, changes, kept);
      if (kept == 0) {
        double scale = Math.min(1, 0.2 / steepest);
        for (int i = 0; i < d; i++) {
          direction[i] *= scale;
        }
      }
      double[] next = new double[d];
      Value reached = null;
      double t = 1;
      for (int halving = 0; halving < HALVINGS && used < evaluations; halving++, t *= 0.4) {
        double expected = 0;
        for (int i = 0; i < d; i++) {
          next[i] = Math.clamp(x[i] + t * direction[i], low[i], high[i]);
          expected += g[i] * (next[i] - x[i]);
        }
        Value tried = f.at(next);
        used++;
        if (tried.value() <= value + 1e-4 * expected && expected < 0) {
          reached = tried;
          break;
        }
      }
      if (reached == null) {
        if (kept == 0) {
          break;
        }
        kept = 0;
        continue;
      }
      double[] nextG = reached.gradient();
      double[] step = new double[d];
      double[] change = new double[d];
      double curvature = 0;
      for (int i = 0; i < d; i++) {
        step[i] = next[i] - x[i];
        change[i] = nextG[i] - g[i];
        curvature += step[i] * change[i];
      }
      double gain = value - reached.value();
      x = next;
      g = nextG;
      value = reached.value();
      if (curvature > 1e-12) {
        if (kept == MEMORY) {
          System.arraycopy(steps, 1, steps, 0, MEMORY - 1);
          System.arraycopy(changes, 1, changes, 0, MEMORY - 1);
          kept--;
        }
        steps[kept] = step;
        changes[kept++] = change;
      }
      if (gain < leastGain * (1 + Math.abs(value)) && t > 0.1) {
        break;
      }
    }
    return new Minimum(x, value);
  }

  private static double[] direction(
      double[] g, boolean[] free, double[][] steps, double[][] changes, int kept) {
    int d = g.length;
    double[] q = new double[d];
    for (int i = 0; i < d; i++) {
      q[i] = free[i] ? -g[i] : 0;
    }
    double[] weights = new double[kept];
    for (int j = kept - 1; j >= 0; j--) {
      weights[j] = dot(steps[j], q, free) / dot(steps[j], changes[j], free);
      if (!Double.isFinite(weights[j])) {
        weights[j] = 0;
      }
      add(q, -weights[j], changes[j], free);
    }
    if (kept > 0) {
      double scale =
          dot(steps[kept - 1], changes[kept - 1], free)
              / dot(changes[kept - 1], changes[kept - 1], free);
      if (scale > 0 && Double.isFinite(scale)) {
        for (int i = 0; i < d; i++) {
          q[i] *= scale;
        }
      }
    }
    for (int j = 0; j < kept; j++) {
      double b = dot(changes[j], q, free) / dot(steps[j], changes[j], free);
      add(q, Double.isFinite(b) ? weights[j] - b : 0, steps[j], free);
    }
    boolean[] all = new boolean[d];
    Arrays.fill(all, true);
    if (!(dot(q, g, all) < 0)) {
      for (int i = 0; i < d; i++) {
        q[i] = free[i] ? -g[i] : 0;
      }
    }
    return q;
  }

  private static double dot(double[] a, double[] b, boolean[] free) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += free[i] ? a[i] * b[i] : 0;
    }
    return sum;
  }

  private static void add(double[] y, double a, double[] x, boolean[] free) {
    for (int i = 0; i < y.length; i++) {
      y[i] += free[i] ? a * x[i] : 0;
    }
  }

  private static double[] clamp(double[] x, double[] low, double[] high) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.clamp(x[i], low[i], high[i]);
    }
    return x;
  }
}
