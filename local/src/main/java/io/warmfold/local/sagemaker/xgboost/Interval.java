package io.warmfold.local.sagemaker.xgboost;

/** Numbers between two ends, each of which may belong to it or be missing. */
record Interval(double low, boolean lowIn, double high, boolean highIn) {

  static Interval atLeast(double low) {
    return new Interval(low, true, Double.POSITIVE_INFINITY, false);
  }

  static Interval above(double low) {
    return new Interval(low, false, Double.POSITIVE_INFINITY, false);
  }

  static Interval closed(double low, double high) {
    return new Interval(low, true, high, true);
  }

  static Interval open(double low, double high) {
    return new Interval(low, false, high, false);
  }

  static Interval openClosed(double low, double high) {
    return new Interval(low, false, high, true);
  }

  /** Whether a number is not outside; what is no number is not outside anything. */
  boolean contains(double value) {
    return !(lowIn ? value < low : value <= low) && !(highIn ? value > high : value >= high);
  }

  @Override
  public String toString() {
    return (lowIn ? "[" : "(")
        + (Double.isInfinite(low) ? "-inf" : end(low))
        + ", "
        + (Double.isInfinite(high) ? "+inf" : end(high))
        + (highIn ? "]" : ")");
  }

  private static String end(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
