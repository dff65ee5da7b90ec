package io.warmfold.fold;

import java.nio.charset.StandardCharsets;

/**
 * Which numbers may be labels.
 *
 * @param least the smallest, itself allowed
 * @param most the largest, itself allowed
 * @param whole whether only whole numbers are
 * @param expected the same for people, to follow "expected"
 */
public record LabelRule(double least, double most, boolean whole, String expected) {

  /**
   * Whole numbers from 0 to one less than the number of classes.
   *
   * @param why who wants it, to follow "as"
   */
  public static LabelRule classes(int classes, String why) {
    return new LabelRule(
        0,
        classes - 1.0,
        true,
        classes == 2
            ? "0 or 1, as " + why
            : "a whole number from 0 to " + (classes - 1) + ", as " + why);
  }

  /**
   * Numbers of at least so much.
   *
   * @param why who wants it, to follow "as"
   */
  public static LabelRule atLeast(double least, String why) {
    return new LabelRule(
        least,
        Double.POSITIVE_INFINITY,
        false,
        "a number of at least "
            + (least == Math.rint(least) ? (long) least + "" : least)
            + ", as "
            + why);
  }

  /**
   * Numbers greater than a whole one, as floats, which is what the image reads them as.
   *
   * @param why who wants it, to follow "as"
   */
  public static LabelRule above(int limit, String why) {
    return new LabelRule(
        Math.nextUp((float) limit),
        Double.POSITIVE_INFINITY,
        false,
        "a number above " + limit + ", as " + why);
  }

  /**
   * Numbers from 0 to 1.
   *
   * @param why who wants it, to follow "as"
   */
  public static LabelRule share(String why) {
    return new LabelRule(0, 1, false, "a number from 0 to 1, as " + why);
  }

  /**
   * Checks a label that is known to be a number.
   *
   * @throws DataProblem if it is none of these
   */
  void check(byte[] bytes, int from, int to, String object, long line, String column) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
    double value = Double.parseDouble(text);
    if (value < least || value > most || (whole && value != Math.rint(value))) {
      throw DataProblem.at(
          object, line, "the label " + DataProblem.shown(text) + " in " + column, expected);
    }
  }
}
