package io.warmfold.local.sagemaker.xgboost;

import java.math.BigDecimal;

/** Numbers as Python's {@code str} writes them, which the image's answers are made of. */
final class PythonNumbers {

  private PythonNumbers() {}

  /** A number of XGBoost's, widened as numpy's {@code tolist} widens it. */
  static String show(float value) {
    return show((double) value);
  }

  static String show(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = shortest.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** A row of an answer: one number alone, several as a list. */
  static String show(float[] row) {
    if (row.length == 1) {
      return show(row[0]);
    }
    StringBuilder list = new StringBuilder("[");
    for (int i = 0; i < row.length; i++) {
      list.append(i == 0 ? "" : ", ").append(show(row[i]));
    }
    return list.append(']').toString();
  }
}
