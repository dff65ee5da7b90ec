package io.warmfold.search.gp;

/**
 * What the model is fitted to, in its own scale: low is good.
 *
 * @param x a point of the cube for each observation
 * @param y the values
 * @param known the part of each observation's noise variance that is known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Data(double[][] x, double[] y, double[] known) {

  int size() {
    return y.length;
  }

  /** Some of the observations. */
  Data subset(int[] rows) {
    double[][] points = new double[rows.length][];
    double[] values = new double[rows.length];
    double[] noise = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      points[i] = x[rows[i]];
      values[i] = y[rows[i]];
      noise[i] = known[rows[i]];
    }
    return new Data(points, values, noise);
  }
}
