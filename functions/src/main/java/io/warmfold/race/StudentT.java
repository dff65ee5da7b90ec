package io.warmfold.race;

/** Student's t distribution. Exact for whole degrees of freedom, and the same on every machine. */
final class StudentT {

  private StudentT() {}

  /**
   * The probability of a value below {@code t}: the finite series of Abramowitz and Stegun (1964),
   * 26.7.3 and 26.7.4.
   *
   * @param degrees of freedom, at least 1
   */
  static double below(double t, int degrees) {
    if (degrees < 1) {
      throw new IllegalArgumentException("degrees of freedom: " + degrees);
    }
    double angle = StrictMath.atan(t / StrictMath.sqrt(degrees));
    double cosine = StrictMath.cos(angle);
    boolean odd = degrees % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
      term *= cosine * cosine * (k - 1) / k;
      sum += term;
    }
    double between = StrictMath.sin(angle) * sum;
    if (odd) {
      between = 2 / StrictMath.PI * (angle + between);
    }
    return Math.clamp(0.5 * (1 + between), 0, 1);
  }
}
