package io.warmfold.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code Events} of one function. */
final class EventReader {

  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");
  private static final Set<String> RULE_PROPERTIES =
      Set.of("RuleName", "Pattern", "RetryPolicy", "DeadLetterConfig", "State", "EventBusName");
  private static final Set<String> SCHEDULE_PROPERTIES =
      Set.of(
          "Name",
          "Schedule",
          "Description",
          "Input",
          "RetryPolicy",
          "DeadLetterConfig",
          "State",
          "Enabled");

  private final Stack.Function function;
  private final ResourceNames names;

  EventReader(Stack.Function function, ResourceNames names) {
    this.function = function;
    this.names = names;
  }

  void read(
      String id,
      JsonNode events,
      String place,
      List<Stack.Rule> rules,
      List<Stack.Schedule> schedules) {
    for (Map.Entry<String, JsonNode> event : events.properties()) {
      String inner = place + "/" + event.getKey() + "/Properties";
      JsonNode properties = event.getValue().path("Properties");
      String madeUpName = names.madeUpName(id + event.getKey());
      switch (event.getValue().path("Type").asText()) {
        case "EventBridgeRule", "CloudWatchEvent" -> {
          onlyKnown(properties, RULE_PROPERTIES, inner);
          if (isOn(properties)) {
            rules.add(rule(properties, madeUpName, inner));
          }
        }
        case "Schedule" -> {
          onlyKnown(properties, SCHEDULE_PROPERTIES, inner);
          if (isOn(properties)) {
            schedules.add(schedule(properties, madeUpName, inner));
          }
        }
        default ->
            throw new TemplateException(
                place + "/" + event.getKey(),
                "is of the type " + event.getValue().path("Type") + ", not known here");
      }
    }
  }

  private static boolean isOn(JsonNode properties) {
    return properties.path("Enabled").asBoolean(true)
        && !properties.path("State").asText().equals("DISABLED");
  }

  private static void onlyKnown(JsonNode properties, Set<String> known, String place) {
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (!known.contains(property.getKey())) {
        throw new TemplateException(place + "/" + property.getKey(), "is not known here");
      }
    }
  }

  private Stack.Rule rule(JsonNode properties, String madeUpName, String place) {
    if (!(properties.path("Pattern") instanceof ObjectNode pattern)) {
      throw new TemplateException(place, "has no Pattern");
    }
    return new Stack.Rule(
        properties.path("RuleName").asText(madeUpName),
        pattern,
        function.arn(),
        deadLetters(properties));
  }

  private static Optional<String> deadLetters(JsonNode properties) {
    return Optional.ofNullable(properties.path("DeadLetterConfig").path("Arn").textValue());
  }

  private Stack.Schedule schedule(JsonNode properties, String madeUpName, String place) {
    String expression = properties.path("Schedule").asText();
    Matcher rate = RATE.matcher(expression);
    if (!rate.matches()) {
      throw new TemplateException(
          place + "/Schedule", expression + " is not known here; rate(n minutes) is");
    }
    long n = Long.parseLong(rate.group(1));
    Duration every =
        switch (rate.group(2)) {
          case "minute" -> Duration.ofMinutes(n);
          case "hour" -> Duration.ofHours(n);
          default -> Duration.ofDays(n);
        };
    if (n == 0) {
      throw new TemplateException(place + "/Schedule", "a rate must be positive");
    }
    JsonNode input = MissingNode.getInstance();
    if (properties.has("Input")) {
      try {
        input = JsonMapper.builder().build().readTree(properties.get("Input").asText());
      } catch (JsonProcessingException e) {
        throw new TemplateException(place + "/Input", "is not JSON: " + e.getOriginalMessage());
      }
    }
    return new Stack.Schedule(
        properties.path("Name").asText(madeUpName),
        every,
        function.arn(),
        input,
        deadLetters(properties));
  }
}
