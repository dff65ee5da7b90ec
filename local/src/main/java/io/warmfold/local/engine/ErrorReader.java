package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads Retry and Catch. */
final class ErrorReader {

  private static final Set<String> RETRIER =
      Set.of(
          "ErrorEquals",
          "IntervalSeconds",
          "MaxAttempts",
          "BackoffRate",
          "MaxDelaySeconds",
          "JitterStrategy",
          "Comment");
  private static final Set<String> CATCHER =
      Set.of("ErrorEquals", "Next", "Assign", "Output", "Comment");
  private static final Set<String> ERROR_OUTPUT = Set.of("errorOutput");

  private static final int MOST_ATTEMPTS = 99_999_999;
  private static final int LONGEST_DELAY = 31_622_400;

  private ErrorReader() {}

  static ErrorRules read(Fields fields) {
    List<ErrorRules.Retrier> retriers = new ArrayList<>();
    List<Fields> retry = elements(fields, "Retry");
    for (int i = 0; i < retry.size(); i++) {
      retriers.add(retrier(retry.get(i), i == retry.size() - 1));
    }
    List<ErrorRules.Catcher> catchers = new ArrayList<>();
    List<Fields> rules = elements(fields, "Catch");
    for (int i = 0; i < rules.size(); i++) {
      catchers.add(catcher(rules.get(i), i == rules.size() - 1));
    }
    return new ErrorRules(retriers, catchers);
  }

  private static List<Fields> elements(Fields fields, String field) {
    JsonNode nodes = fields.get(field);
    if (!nodes.isMissingNode() && !nodes.isArray()) {
      fields.problem(field, "has to be an array");
    }
    List<Fields> elements = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      elements.add(fields.inside(nodes.get(i), field + "/" + i, field + "[" + i + "]/"));
    }
    return elements;
  }

  private static ErrorRules.Retrier retrier(Fields fields, boolean last) {
    fields.allow(RETRIER, "a retrier");
    long interval = fields.whole("IntervalSeconds", 1, 1, MachineReader.LONGEST);
    long maxDelay = fields.whole("MaxDelaySeconds", -1, 1, LONGEST_DELAY);
    if (maxDelay >= 0 && maxDelay <= interval) {
      fields.problem("MaxDelaySeconds", "has to be more than IntervalSeconds");
    }
    JsonNode rate = fields.get("BackoffRate");
    if (!rate.isMissingNode() && (!rate.isNumber() || rate.doubleValue() < 1)) {
      fields.problem("BackoffRate", "has to be a number that is at least 1");
    }
    String jitter = fields.get("JitterStrategy").asText("NONE");
    if (!jitter.equals("NONE") && !jitter.equals("FULL")) {
      fields.problem("JitterStrategy", "has to be FULL or NONE");
    }
    return new ErrorRules.Retrier(
        errors(fields, last),
        Duration.ofSeconds(interval),
        (int) fields.whole("MaxAttempts", 3, 0, MOST_ATTEMPTS),
        rate.asDouble(2),
        maxDelay < 0 ? null : Duration.ofSeconds(maxDelay),
        jitter.equals("FULL"));
  }

  private static ErrorRules.Catcher catcher(Fields fields, boolean last) {
    fields.allow(CATCHER, "a catcher");
    return new ErrorRules.Catcher(
        errors(fields, last),
        new Exit(
            StateReader.assign(fields, ERROR_OUTPUT),
            fields.template("Output", ERROR_OUTPUT),
            fields.text("Next")));
  }

  private static List<String> errors(Fields fields, boolean last) {
    JsonNode nodes = fields.get("ErrorEquals");
    List<String> errors = new ArrayList<>();
    if (!nodes.isArray() || nodes.isEmpty()) {
      fields.problem("ErrorEquals", "has to be an array with at least one name");
    }
    for (JsonNode node : nodes) {
      String name = node.asText();
      errors.add(name);
      if (!node.isTextual()) {
        fields.problem("ErrorEquals", "has to be an array of names");
      } else if (name.startsWith("States.") && !ErrorRules.RESERVED.contains(name)) {
        fields.problem("ErrorEquals", "there is no error " + name);
      }
    }
    if (errors.contains(ErrorRules.ALL) && (errors.size() > 1 || !last)) {
      fields.problem("ErrorEquals", "States.ALL stands alone, and in the last rule");
    }
    return errors;
  }
}
