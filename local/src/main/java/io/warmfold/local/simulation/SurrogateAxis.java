package io.warmfold.local.simulation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A hyperparameter of a surrogate's grid.
 *
 * @param integer whether only whole numbers have a meaning
 * @param levels at least two; numbers ascend
 */
record SurrogateAxis(String name, boolean integer, Scale scale, List<String> levels) {

  /** Ranges are written as decimals, and a searcher comes back from the logarithm. */
  private static final double ROUNDING = 1e-9;

  /** How values between two levels are measured. */
  enum Scale {
    Linear,
    Logarithmic,
    /** There is nothing between two levels. */
    Categorical
  }

  /** Index of the level below a value, and how far the value is from there to the next one. */
  record Place(int below, double share) {}

  SurrogateAxis {
    levels = List.copyOf(levels);
    if (levels.size() < 2) {
      throw new IllegalArgumentException(name + " has fewer than two levels");
    }
  }

  /** Where a value is on the axis; empty if it is not. */
  Optional<Place> place(String value) {
    int exactly = levels.indexOf(value);
    if (exactly >= 0) {
      return Optional.of(new Place(exactly, 0));
    }
    return scale == Scale.Categorical ? Optional.empty() : between(value);
  }

  private Optional<Place> between(String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    double first = level(0);
    double last = level(levels.size() - 1);
    boolean inside =
        value >= first - Math.abs(first) * ROUNDING && value <= last + Math.abs(last) * ROUNDING;
    if (!inside || (integer && value != Math.rint(value))) {
      return Optional.empty();
    }
    value = Math.clamp(value, first, last);
    int below = 0;
    while (below < levels.size() - 2 && level(below + 1) <= value) {
      below++;
    }
    double low = measured(level(below));
    double high = measured(level(below + 1));
    return Optional.of(new Place(below, (measured(value) - low) / (high - low)));
  }

  /** Name and values, for people. */
  String range() {
    return scale == Scale.Categorical
        ? name + " of " + String.join(", ", levels)
        : "%s from %s to %s%s"
            .formatted(
                name,
                plain(levels.getFirst()),
                plain(levels.getLast()),
                integer ? " in whole numbers" : "");
  }

  private double level(int index) {
    return Double.parseDouble(levels.get(index));
  }

  private double measured(double value) {
    // StrictMath, so that scores have the same bits on every machine.
    return scale == Scale.Logarithmic ? StrictMath.log(value) : value;
  }

  private static String plain(String level) {
    return new BigDecimal(level).stripTrailingZeros().toPlainString();
  }
}
