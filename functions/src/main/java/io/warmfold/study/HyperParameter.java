package io.warmfold.study;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The values that the built-in XGBoost accepts for one hyperparameter. Values are text, as a
 * training job gets them.
 */
sealed interface HyperParameter {

  boolean accepts(String value);

  /** What would be right, to follow "expected". */
  String expected();

  /** A whole number, both ends included. */
  record Whole(long min, long max) implements HyperParameter {

    @Override
    public boolean accepts(String value) {
      if (!value.matches("[+-]?[0-9]{1,15}")) {
        return false;
      }
      var number = Long.parseLong(value);
      return number >= min && number <= max;
    }

    @Override
    public String expected() {
      return max == Integer.MAX_VALUE
          ? "a whole number from " + min
          : "a whole number from " + min + " to " + max;
    }
  }

  /** A finite number; each end is either included or not. */
  record Real(double min, boolean minIncluded, double max, boolean maxIncluded)
      implements HyperParameter {

    @Override
    public boolean accepts(String value) {
      if (!value.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?")) {
        return false;
      }
      var number = Double.parseDouble(value);
      return Double.isFinite(number)
          && (minIncluded ? number >= min : number > min)
          && (maxIncluded ? number <= max : number < max);
    }

    @Override
    public String expected() {
      var low = (minIncluded ? "from " : "above ") + min;
      if (Double.isInfinite(max)) {
        return "a number " + low;
      }
      return "a number " + low + (maxIncluded ? " to " : " and below ") + max;
    }
  }

  /** One of some words. */
  record Choice(List<String> words) implements HyperParameter {

    static Choice of(String... words) {
      return new Choice(List.of(words));
    }

    @Override
    public boolean accepts(String value) {
      return words.contains(value);
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", words);
    }
  }

  /** Words with commas between them, each of which fits. */
  record Words(String what, Predicate<String> fits) implements HyperParameter {

    @Override
    public boolean accepts(String value) {
      return Arrays.stream(value.split(",", -1)).allMatch(fits);
    }

    @Override
    public String expected() {
      return what;
    }
  }

  /** Text of a certain form. */
  record Form(String what, String pattern) implements HyperParameter {

    @Override
    public boolean accepts(String value) {
      return value.matches(pattern);
    }

    @Override
    public String expected() {
      return what;
    }
  }
}
