package io.warmfold.space;

import java.util.HashSet;
import java.util.List;

/**
 * A tuned hyperparameter and the values it may take.
 *
 * <p>Every parameter is one coordinate in [0, 1]. The continuous values lie on it by their scale;
 * each of the finitely many others owns a bin and is encoded as the bin's centre.
 *
 * <p>Values are strings as AMT hands them to a training job: a continuous value is the shortest
 * decimal that reads back as the same double (as {@link Double#toString} writes it), an integer its
 * digits, a category the text of the document, untouched.
 */
public sealed interface Parameter {

  /**
   * The largest magnitude of an integer bound: beyond it a double no longer holds every integer.
   */
  long MAX_INTEGER = 1L << 53;

  /** The hyperparameter's name. */
  String name();

  /** How many values there are; {@link Long#MAX_VALUE} for a continuum. */
  long cardinality();

  /**
   * The value at a coordinate.
   *
   * @param unit a coordinate; outside of [0, 1] it counts as the nearer end
   */
  String decode(double unit);

  /**
   * The coordinate of a value. A number outside its range lies outside of [0, 1], where the scale
   * reaches it.
   *
   * @throws IllegalArgumentException when the text is no number or no known category
   */
  double encode(String value);

  /** Whether a text is a value of this parameter, within its range. */
  boolean contains(String value);

  /** The text that {@link #decode} would write for a value: 0.10 and 0.1 are the same. */
  default String canonical(String value) {
    return contains(value) ? decode(encode(value)) : value;
  }

  /** Whether the values have no order. */
  default boolean unordered() {
    return false;
  }

  /**
   * Real numbers between two bounds, both included.
   *
   * @param min a finite number, at most {@code max}
   * @param max a finite number
   * @param scaling logarithmic needs {@code min > 0}, reverse logarithmic {@code 0 <= min} and
   *     {@code max < 1}
   */
  record Continuous(String name, double min, double max, Scaling scaling) implements Parameter {
    public Continuous {
      requireRange(name, min, max, scaling);
      if (scaling == Scaling.REVERSE_LOGARITHMIC && (min < 0 || max >= 1)) {
        throw new IllegalArgumentException(
            name + ": ReverseLogarithmic scaling needs a range within [0, 1)");
      }
      if (!Double.isFinite(max - min)) {
        throw new IllegalArgumentException(name + ": the range is too wide to be measured");
      }
    }

    @Override
    public long cardinality() {
      return min == max ? 1 : Long.MAX_VALUE;
    }

    @Override
    public String decode(double unit) {
      return Double.toString(value(unit));
    }

    private double value(double unit) {
      if (!(unit > 0) || min == max) {
        return min;
      }
      if (unit >= 1) {
        return max;
      }
      Scaling scale = scaling.resolve(min, max);
      double low = scale.forward(min);
      double value = scale.backward(low + unit * (scale.forward(max) - low));
      return Math.clamp(value, min, max);
    }

    @Override
    public double encode(String value) {
      double x = number(name, value);
      if (min == max) {
        return 0.5;
      }
      Scaling scale = scaling.resolve(min, max);
      double low = scale.forward(min);
      double unit = (scale.forward(x) - low) / (scale.forward(max) - low);
      if (Double.isNaN(unit)) {
        unit = x < min ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      return Math.clamp(unit, -1, 2);
    }

    @Override
    public boolean contains(String value) {
      try {
        double x = number(name, value);
        return min <= x && x <= max;
      } catch (IllegalArgumentException notANumber) {
        return false;
      }
    }

    @Override
    public String canonical(String value) {
      // Not by way of the unit interval, which rounds.
      return contains(value) ? Double.toString(number(name, value)) : value;
    }
  }

  /**
   * Whole numbers between two bounds, both included.
   *
   * @param min at least −2⁵³, at most {@code max}
   * @param max at most 2⁵³
   * @param scaling logarithmic needs {@code min > 0}; reverse logarithmic is for continuous
   *     parameters
   */
  record Integral(String name, long min, long max, Scaling scaling) implements Parameter {
    public Integral {
      requireRange(name, (double) min, (double) max, scaling);
      if (min < -MAX_INTEGER || max > MAX_INTEGER) {
        throw new IllegalArgumentException(name + ": integers end at 2^53");
      }
      if (scaling == Scaling.REVERSE_LOGARITHMIC) {
        throw new IllegalArgumentException(
            name + ": ReverseLogarithmic scaling is for continuous parameters");
      }
    }

    @Override
    public long cardinality() {
      return max - min + 1;
    }

    @Override
    public String decode(double unit) {
      Scaling scale = scaling.resolve((double) min, (double) max);
      double low = scale.forward(min - 0.5);
      double t = low + Math.clamp(unit, 0.0, 1.0) * (scale.forward(max + 0.5) - low);
      return Long.toString(Math.clamp((long) Math.floor(scale.backward(t) + 0.5), min, max));
    }

    @Override
    public double encode(String value) {
      double x = number(name, value);
      Scaling scale = scaling.resolve((double) min, (double) max);
      double low = scale.forward(min - 0.5);
      double unit = (scale.forward(x) - low) / (scale.forward(max + 0.5) - low);
      return Math.clamp(Double.isNaN(unit) ? -1 : unit, -1, 2);
    }

    @Override
    public boolean contains(String value) {
      try {
        double x = number(name, value);
        return min <= x && x <= max && x == Math.rint(x);
      } catch (IllegalArgumentException notANumber) {
        return false;
      }
    }

    @Override
    public String canonical(String value) {
      return contains(value) ? Long.toString((long) number(name, value)) : value;
    }
  }

  /**
   * Values without an order.
   *
   * @param values one at least, all different
   */
  record Categorical(String name, List<String> values) implements Parameter {
    public Categorical {
      requireName(name);
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException(name + ": a categorical parameter needs a value");
      }
      if (new HashSet<>(values).size() < values.size()) {
        throw new IllegalArgumentException(name + ": a value is listed twice");
      }
    }

    @Override
    public long cardinality() {
      return values.size();
    }

    @Override
    public String decode(double unit) {
      return values.get(index(unit));
    }

    /** The position of the value at a coordinate. */
    public int index(double unit) {
      return Math.clamp((long) Math.floor(unit * values.size()), 0, values.size() - 1);
    }

    @Override
    public double encode(String value) {
      int index = values.indexOf(value);
      if (index < 0) {
        throw new IllegalArgumentException(name + ": no such value: " + value);
      }
      return (index + 0.5) / values.size();
    }

    @Override
    public boolean contains(String value) {
      return values.contains(value);
    }

    @Override
    public boolean unordered() {
      return true;
    }
  }

  private static void requireName(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a parameter needs a name");
    }
  }

  private static void requireRange(String name, double min, double max, Scaling scaling) {
    requireName(name);
    if (!Double.isFinite(min) || !Double.isFinite(max)) {
      throw new IllegalArgumentException(name + ": the bounds of a range are finite numbers");
    }
    if (min > max) {
      throw new IllegalArgumentException(name + ": MinValue is greater than MaxValue");
    }
    if (scaling == Scaling.LOGARITHMIC && min <= 0) {
      throw new IllegalArgumentException(name + ": Logarithmic scaling needs a positive range");
    }
  }

  private static double number(String name, String value) {
    try {
      double x = Double.parseDouble(value);
      if (Double.isNaN(x)) {
        throw new IllegalArgumentException(name + ": not a number: " + value);
      }
      return x;
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(name + ": not a number: " + value, notANumber);
    }
  }
}
