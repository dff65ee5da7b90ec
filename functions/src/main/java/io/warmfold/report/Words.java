package io.warmfold.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** How figures are written for people. */
public final class Words {

  private Words() {}

  /** A number with its noun in the right form: 1 trial, 1,204 folds. */
  public static String count(long number, String noun) {
    return grouped(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** A number with its thousands apart. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A duration in the two largest units that matter: {@code 45 s}, {@code 1 h 25 min}. */
  public static String duration(long seconds) {
    Duration time = Duration.ofSeconds(Math.max(0, seconds));
    if (time.toDays() > 0) {
      return joined(time.toDays(), "d", time.toHoursPart(), "h");
    }
    if (time.toHours() > 0) {
      return joined(time.toHours(), "h", time.toMinutesPart(), "min");
    }
    if (time.toMinutes() > 0) {
      return joined(time.toMinutes(), "min", time.toSecondsPart(), "s");
    }
    return time.toSeconds() + " s";
  }

  private static String joined(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** A score with six significant digits, without noise at its end. */
  public static String score(double score) {
    if (!Double.isFinite(score)) {
      return score > 0 ? "∞" : "-∞";
    }
    return plain(new BigDecimal(score).round(new MathContext(6, RoundingMode.HALF_EVEN)));
  }

  /**
   * A score as exactly as its standard error deserves: to the second digit of the error, and then
   * the error. Without an error, or with one of zero, the score alone.
   */
  public static String score(double score, OptionalDouble standardError) {
    double error = standardError.orElse(0);
    if (!(error > 0) || !Double.isFinite(error) || !Double.isFinite(score)) {
      return score(score);
    }
    BigDecimal rounded = new BigDecimal(error).round(new MathContext(2, RoundingMode.HALF_EVEN));
    if (rounded.scale() > 17 || rounded.precision() - rounded.scale() > 15) {
      return score(score) + " ± " + score(error);
    }
    // The digits of a whole part are always written, so an error of hundreds rounds to units.
    int scale = Math.max(0, rounded.scale());
    return exactly(score, scale) + " ± " + exactly(error, scale);
  }

  /** Money to the cent, and less than one to two significant digits, in no currency. */
  static String money(double amount) {
    return !Double.isFinite(amount) || Math.abs(amount) >= 1 || amount == 0
        ? String.format(Locale.ROOT, "%,.2f", amount)
        : plain(new BigDecimal(amount).round(new MathContext(2, RoundingMode.HALF_EVEN)));
  }

  /** A decimal as a person writes it, all of its digits. */
  static String plain(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal shortest = number.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -5 && exponent <= 11) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    return (shortest.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e"
        + exponent;
  }

  private static String exactly(double number, int scale) {
    return new BigDecimal(number).setScale(scale, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** A text cut to a length, with the sign that it was. */
  public static String shortened(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - 1;
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
