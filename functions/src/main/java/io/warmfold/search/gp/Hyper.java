package io.warmfold.search.gp;

import java.util.Arrays;

/**
 * The kernel's own parameters.
 *
 * @param rates for each coordinate the inverse squared length scale λ
 * @param a for each coordinate the first parameter of its {@link Bend}
 * @param b for each coordinate the second
 * @param amplitude the variance of the function
 * @param noise the variance of the noise of every observation
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Hyper(double[] rates, double[] a, double[] b, double amplitude, double noise) {

  /** The variance of the unknown constant mean, which stands in the kernel as a constant. */
  static final double MEAN_VARIANCE = 1;

  /** Equal rates and no warp. */
  static Hyper initial(int d, double rate, double noise) {
    double[] rates = new double[d];
    Arrays.fill(rates, rate);
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    return new Hyper(rates, ones, ones, 1, noise);
  }

  Hyper withNoise(double variance) {
    return new Hyper(rates, a, b, amplitude, variance);
  }

  /** The logarithms: rates, a, b, amplitude, noise. */
  double[] logs() {
    int d = rates.length;
    double[] theta = new double[3 * d + 2];
    for (int i = 0; i < d; i++) {
      theta[i] = StrictMath.log(rates[i]);
      theta[d + i] = StrictMath.log(a[i]);
      theta[2 * d + i] = StrictMath.log(b[i]);
    }
    theta[3 * d] = StrictMath.log(amplitude);
    theta[3 * d + 1] = StrictMath.log(noise);
    return theta;
  }

  static Hyper ofLogs(double[] theta) {
    int d = (theta.length - 2) / 3;
    double[] all = new double[theta.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = StrictMath.exp(theta[i]);
    }
    return new Hyper(
        Arrays.copyOf(all, d),
        Arrays.copyOfRange(all, d, 2 * d),
        Arrays.copyOfRange(all, 2 * d, 3 * d),
        all[3 * d],
        all[3 * d + 1]);
  }

  /** A point as the kernel sees it. */
  double[] bent(Cube cube, double[] point) {
    double[] bent = point.clone();
    for (int i = 0; i < bent.length; i++) {
      if (!cube.unordered()[i]) {
        bent[i] = Bend.value(point[i], a[i], b[i]);
      }
    }
    return bent;
  }
}
