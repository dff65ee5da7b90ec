package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.sagemaker.MetricRegex;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads metrics from log lines: the last match of a definition's expression is its final value, the
 * first group being the number. Thread-safe.
 */
final class MetricScraper implements Consumer<String> {

  private static final Pattern BUILT_IN =
      Pattern.compile("#011(train|validation)-([^:\\s]+):(\\S+?)(?=#011|\\s|$)");

  private final Map<String, Pattern> definitions = new LinkedHashMap<>();
  private final Map<String, Float> latest = new LinkedHashMap<>();
  private final boolean builtIn;

  /**
   * Makes a scraper.
   *
   * @param definitions the API's MetricDefinitions
   * @param builtIn whether to read the lines of the built-in XGBoost instead
   */
  MetricScraper(JsonNode definitions, boolean builtIn) {
    this.builtIn = builtIn;
    for (JsonNode definition : definitions) {
      this.definitions.put(
          definition.path("Name").textValue(),
          MetricRegex.compile(definition.path("Regex").textValue()));
    }
  }

  @Override
  public synchronized void accept(String line) {
    if (builtIn) {
      if (line.startsWith("[")) {
        Matcher match = BUILT_IN.matcher(line);
        while (match.find()) {
          keep(match.group(1) + ":" + match.group(2), match.group(3));
        }
      }
      return;
    }
    definitions.forEach(
        (name, regex) -> {
          Matcher match = regex.matcher(line);
          while (match.find()) {
            keep(name, match.groupCount() > 0 ? match.group(1) : match.group());
          }
        });
  }

  private void keep(String name, String number) {
    if (number == null) {
      return;
    }
    try {
      float value = Float.parseFloat(number.strip());
      if (Float.isFinite(value)) {
        latest.put(name, value);
      }
    } catch (NumberFormatException e) {
      // SageMaker drops what is not a number, too.
      return;
    }
  }

  /** The last value of every metric that was seen. */
  synchronized Map<String, Float> latest() {
    return Map.copyOf(latest);
  }
}
