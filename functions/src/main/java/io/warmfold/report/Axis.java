package io.warmfold.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear scale from numbers to pixels.
 *
 * @param low the number at {@code from}, less than {@code high}
 * @param high the number at {@code to}
 */
record Axis(double low, double high, double from, double to) {

  Axis {
    if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException("no axis from " + low + " to " + high);
    }
  }

  /** An axis with some room around the numbers, also when they are all the same. */
  static Axis around(double least, double greatest, double from, double to) {
    double half = greatest / 2 - least / 2;
    double room = half > 0 ? half * 0.1 : Math.max(Math.abs(least) * 0.05, Double.MIN_NORMAL);
    double low = Math.max(least - room, -Double.MAX_VALUE);
    double high = Math.min(greatest + room, Double.MAX_VALUE);
    return new Axis(low, high, from, to);
  }

  /** The pixel of a number; what lies outside is drawn at the nearer end. */
  double at(double number) {
    // Halves, because the width of the axis itself may be more than a double holds.
    double part = (number / 2 - low / 2) / (high / 2 - low / 2);
    return from + Math.clamp(part, 0, 1) * (to - from);
  }

  boolean covers(double number) {
    return low <= number && number <= high;
  }

  /** A tick and what is written there. */
  record Tick(double value, String label) {}

  /** Round numbers along the axis, about so many. */
  List<Tick> ticks(int wanted) {
    BigDecimal least = new BigDecimal(low);
    BigDecimal span = new BigDecimal(high).subtract(least);
    BigDecimal rough = span.divide(BigDecimal.valueOf(wanted), java.math.MathContext.DECIMAL64);
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(rough.precision() - rough.scale() - 1);
    BigDecimal step = power;
    for (int factor : new int[] {2, 5, 10}) {
      if (step.compareTo(rough) < 0) {
        step = power.multiply(BigDecimal.valueOf(factor));
      }
    }
    List<Tick> ticks = new ArrayList<>();
    BigDecimal tick = least.divide(step, 0, RoundingMode.CEILING).multiply(step);
    while (tick.doubleValue() <= high && ticks.size() <= 3 * wanted) {
      ticks.add(new Tick(tick.doubleValue(), Words.plain(tick)));
      tick = tick.add(step);
    }
    return ticks;
  }
}
