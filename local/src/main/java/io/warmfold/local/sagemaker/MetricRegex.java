package io.warmfold.local.sagemaker;

import java.util.regex.Pattern;

/** The regular expressions of metric definitions, which are written for Python. */
public final class MetricRegex {

  private MetricRegex() {}

  /**
   * Compiles a metric's expression.
   *
   * @throws java.util.regex.PatternSyntaxException when it is none
   */
  public static Pattern compile(String regex) {
    return Pattern.compile(regex.replace("(?P<", "(?<"));
  }
}
