package io.warmfold.study;

import io.warmfold.space.Scaling;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** What is tuned, and the budget. */
final class TuningRules {

  static final String CONTINUOUS = Draft.RANGES + "/ContinuousParameterRanges";
  static final String INTEGER = Draft.RANGES + "/IntegerParameterRanges";
  static final String CATEGORICAL = Draft.RANGES + "/CategoricalParameterRanges";

  private static final int MAX_TUNED = 30;
  private static final int MAX_TRIALS = 10_000;

  /** Beyond it a double no longer holds every integer. */
  private static final double MAX_INTEGER = 0x1p53;

  private TuningRules() {}

  static void check(Draft draft) {
    checkNames(draft);
    checkCost(draft);
    draft.items(CONTINUOUS).forEach(range -> checkNumeric(draft, range, false));
    draft.items(INTEGER).forEach(range -> checkNumeric(draft, range, true));
    draft.items(CATEGORICAL).forEach(range -> checkValues(draft, range));
    if (draft
        .text(Draft.TUNING + "/Strategy")
        .filter(StrategyType.GRID.label()::equals)
        .isPresent()) {
      checkGrid(draft);
    }
  }

  /** Calls with the name and the pointer of every range whose name is known. */
  static void forEachRange(Draft draft, BiConsumer<String, String> action) {
    for (var kind : new String[] {CONTINUOUS, INTEGER, CATEGORICAL}) {
      for (var range : draft.items(kind)) {
        draft.text(range + "/Name").ifPresent(name -> action.accept(name, range));
      }
    }
  }

  private static void checkNames(Draft draft) {
    var tuned =
        draft.items(CONTINUOUS).size()
            + draft.items(INTEGER).size()
            + draft.items(CATEGORICAL).size();
    if (draft.has(Draft.RANGES)
        && (tuned > MAX_TUNED || (tuned == 0 && !draft.unsure(Draft.RANGES)))) {
      draft.problem(Draft.RANGES, tuned + " ranges", "1 to " + MAX_TUNED + " ranges in all");
    }
    Map<String, String> seen = new HashMap<>();
    forEachRange(
        draft,
        (name, range) -> {
          var first = seen.putIfAbsent(name, range);
          if (first != null) {
            draft.problem(range + "/Name", "a name that is not tuned already at " + first);
          }
          if (draft.has(Problems.member(Draft.STATIC, name))
              && draft.written(Problems.member(Draft.STATIC, name))) {
            draft.problem(
                range + "/Name", "a name that is not also in " + Draft.STATIC + "; leave one out");
          }
        });
    var all = tuned + draft.at(Draft.STATIC).size();
    if (all > 100 && !draft.unsure(Draft.STATIC)) {
      draft.problem(
          Draft.STATIC, all + " hyperparameters", "at most 100, with those that are tuned");
    }
  }

  private static void checkCost(Draft draft) {
    var limit = Draft.LIMITS + "/MaxCost";
    var price = Draft.LIMITS + "/PricePerInstanceHour";
    if (draft.has(limit) && !draft.written(price)) {
      draft.problem(price, "a number above 0, which MaxCost is reckoned with");
    }
    if (draft.has(price) && !draft.written(limit)) {
      draft.problem(limit, "a number above 0, for which PricePerInstanceHour is there");
    }
  }

  private static void checkNumeric(Draft draft, String range, boolean whole) {
    var min = bound(draft, range + "/MinValue", whole);
    var max = bound(draft, range + "/MaxValue", whole);
    if (Double.isNaN(min) || Double.isNaN(max)) {
      return;
    }
    if (min >= max) {
      draft.problem(
          range + "/MaxValue", "more than MinValue; a single value belongs to " + Draft.STATIC);
      return;
    }
    if (!Double.isFinite(max - min)) {
      draft.problem(range + "/MaxValue", "a range that a floating-point number can hold");
    }
    var scaling = draft.text(range + "/ScalingType").orElse("");
    if (scaling.equals(Scaling.LOGARITHMIC.label()) && min <= 0) {
      draft.problem(range + "/MinValue", "more than 0, as ScalingType is Logarithmic");
    }
    if (scaling.equals(Scaling.REVERSE_LOGARITHMIC.label())) {
      if (min < 0) {
        draft.problem(range + "/MinValue", "0 or more, as ScalingType is ReverseLogarithmic");
      }
      if (max >= 1) {
        draft.problem(range + "/MaxValue", "less than 1, as ScalingType is ReverseLogarithmic");
      }
    }
  }

  /** The value of a bound, or NaN if it has a problem. */
  private static double bound(Draft draft, String pointer, boolean whole) {
    var text = draft.text(pointer).orElse(null);
    if (text == null) {
      return Double.NaN;
    }
    var value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      draft.problem(pointer, "a number that a floating-point number can hold");
      return Double.NaN;
    }
    if (whole && (!text.matches("[+-]?[0-9]+") || Math.abs(value) > MAX_INTEGER)) {
      draft.problem(pointer, "a whole number between -2^53 and 2^53, without fraction or exponent");
      return Double.NaN;
    }
    return value;
  }

  private static void checkValues(Draft draft, String range) {
    var seen = new HashSet<String>();
    for (var value : draft.items(range + "/Values")) {
      if (draft.text(value).filter(text -> !seen.add(text)).isPresent()) {
        draft.problem(value, "a value that is not listed already");
      }
    }
  }

  private static void checkGrid(Draft draft) {
    if (!draft.items(CONTINUOUS).isEmpty()) {
      draft.problem(
          CONTINUOUS,
          "none with Strategy Grid, which takes integer and categorical parameters (Automatic Model"
              + " Tuning's takes categorical ones only)");
      return;
    }
    var trials = Draft.LIMITS + "/MaxNumberOfTrainingJobs";
    var size = gridSize(draft);
    if (size.isPresent() && size.getAsLong() > MAX_TRIALS && !draft.written(trials)) {
      draft.problem(
          trials,
          "a number up to "
              + MAX_TRIALS
              + ", as the grid has "
              + size.getAsLong()
              + " combinations");
    }
  }

  /** How many combinations there are; nothing while that is not known, or if it is not finite. */
  static OptionalLong gridSize(Draft draft) {
    if (!draft.items(CONTINUOUS).isEmpty() || draft.unsure(Draft.RANGES)) {
      return OptionalLong.empty();
    }
    var size = 1.0;
    for (var range : draft.items(INTEGER)) {
      var min = draft.text(range + "/MinValue").map(Double::parseDouble).orElse(Double.NaN);
      var max = draft.text(range + "/MaxValue").map(Double::parseDouble).orElse(Double.NaN);
      size *= Math.rint(max) - Math.rint(min) + 1;
    }
    for (var range : draft.items(CATEGORICAL)) {
      size *= draft.items(range + "/Values").size();
    }
    return size >= 1 ? OptionalLong.of((long) size) : OptionalLong.empty();
  }
}
