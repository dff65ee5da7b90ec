package io.warmfold.local.sagemaker.xgboost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads CSV files of numbers: the label first, then a weight if there are weights, then features.
 *
 * <p>A cell that is empty or no number is missing, as in the image; a label that is no number is
 * refused, where the image would take a header for a row of data.
 */
final class CsvReader {

  private static final String DELIMITERS = ",\t;| ";

  /** Powers of ten that a double holds exactly, up to which decimal division is exact. */
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long EXACT = 1L << 53;

  private final boolean weighted;
  private final Rows rows;

  CsvReader(boolean weighted, Rows rows) {
    this.weighted = weighted;
    this.rows = rows;
  }

  /** Adds the rows of a file; blank lines are none. */
  void read(Path file) throws IOException, UserError {
    byte[] bytes = Files.readAllBytes(file);
    byte delimiter = 0;
    int line = 0;
    for (int start = 0; start < bytes.length; ) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int stop = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
      line++;
      if (stop > start) {
        if (delimiter == 0) {
          delimiter = delimiter(bytes, start, stop);
        }
        row(bytes, start, stop, delimiter, file, line);
      }
      start = end + 1;
    }
  }

  /** The delimiter of a line of numbers, which is the first candidate that occurs in it. */
  private static byte delimiter(byte[] bytes, int start, int stop) throws UserError {
    String text = new String(bytes, start, stop - start, StandardCharsets.UTF_8);
    for (int i = 0; i < DELIMITERS.length(); i++) {
      char candidate = DELIMITERS.charAt(i);
      if (text.strip().indexOf(candidate) >= 0) {
        return (byte) candidate;
      }
    }
    throw new UserError(
        "Could not determine delimiter on line "
            + text.substring(0, Math.min(50, text.length()))
            + ":\nCould not determine delimiter");
  }

  private void row(byte[] bytes, int start, int stop, byte delimiter, Path file, int line)
      throws UserError {
    int column = weighted ? -2 : -1;
    int from = start;
    boolean first = true;
    while (from <= stop) {
      int to = from;
      while (to < stop && bytes[to] != delimiter) {
        to++;
      }
      double value = number(bytes, from, to);
      if (first) {
        if (Double.isNaN(value)) {
          throw new UserError(
              "Failed to load csv data with exception:\nThe label in line "
                  + line
                  + " of "
                  + file.getFileName()
                  + " is not a number. The label is the first column, and there is no header.");
        }
        rows.row((float) value);
        first = false;
      } else if (column < 0) {
        rows.weight((float) value);
      } else if (!Double.isNaN(value)) {
        rows.cell(column, (float) value);
      }
      column++;
      from = to + 1;
    }
    rows.width(column);
  }

  /** The number in a cell, rounded correctly; NaN when there is none. */
  static double number(byte[] bytes, int from, int to) {
    int at = from;
    int end = to;
    while (at < end && bytes[at] <= ' ') {
      at++;
    }
    while (end > at && bytes[end - 1] <= ' ') {
      end--;
    }
    int begin = at;
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    long digits = 0;
    int decimals = 0;
    boolean point = false;
    int seen = 0;
    for (; at < end && digits < EXACT / 10; at++) {
      byte b = bytes[at];
      if (b >= '0' && b <= '9') {
        digits = 10 * digits + (b - '0');
        decimals += point ? 1 : 0;
        seen++;
      } else if (b == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (at == end && seen > 0 && decimals < TENS.length) {
      double value = digits / TENS[decimals];
      return negative ? -value : value;
    }
    return slowly(new String(bytes, begin, end - begin, StandardCharsets.UTF_8));
  }

  private static double slowly(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "" -> Double.NaN;
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> {
        char last = text.charAt(text.length() - 1);
        // Java takes 1d and 1f for numbers, which nobody else does.
        if (Character.isLetter(last)) {
          yield Double.NaN;
        }
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          yield Double.NaN;
        }
      }
    };
  }
}
