package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads Map states, inline and distributed. */
final class MapReader {

  private static final Pattern LABEL =
      Pattern.compile("[^\\s?*<>{}\\[\\]:;,\\\\|^~$#%&`\"/\\p{Cntrl}]{1,40}");

  /** The most children of a distributed Map, and more than an inline one has, at a time. */
  private static final int MOST_CONCURRENT = 10_000;

  private MapReader() {}

  static State read(String name, Fields fields, MachineReader graphs) {
    StateReader.allow(
        fields,
        "a Map state here",
        "ItemProcessor",
        "Items",
        "ItemSelector",
        "MaxConcurrency",
        "ToleratedFailurePercentage",
        "ToleratedFailureCount",
        "Label",
        "Retry",
        "Catch",
        "Next",
        "End",
        "Assign",
        "Output");
    Fields processor = fields.inside(fields.get("ItemProcessor"), "ItemProcessor", "");
    boolean distributed = distributed(processor);
    if (!distributed) {
      for (String field : List.of("Label", "ToleratedFailurePercentage", "ToleratedFailureCount")) {
        if (fields.has(field)) {
          fields.problem(field, "needs a ProcessorConfig whose Mode is DISTRIBUTED");
        }
      }
    }
    JsonNode items = fields.get("Items");
    if (!items.isMissingNode() && !items.isArray() && !Fields.isQuery(items)) {
      fields.problem("Items", "has to be an array or {% JSONata %}");
    }
    return new State.MapOver(
        name,
        graphs.processor(processor),
        distributed,
        label(name, fields),
        fields.template("Items"),
        fields.template("ItemSelector"),
        fields.number("MaxConcurrency", 0, MOST_CONCURRENT),
        fields.number("ToleratedFailurePercentage", 0, 100),
        fields.number("ToleratedFailureCount", 0, Integer.MAX_VALUE),
        ErrorReader.read(fields),
        StateReader.exit(fields, StateReader.RESULT));
  }

  private static boolean distributed(Fields processor) {
    if (!processor.has("ProcessorConfig")) {
      return false;
    }
    Fields config = processor.inside(processor.get("ProcessorConfig"), "ProcessorConfig", "");
    config.allow(Set.of("Mode", "ExecutionType"), "a ProcessorConfig");
    String mode = config.get("Mode").asText("INLINE");
    String type = config.get("ExecutionType").asText("");
    if (mode.equals("INLINE")) {
      if (!type.isEmpty()) {
        config.problem("ExecutionType", "is for the Mode DISTRIBUTED");
      }
      return false;
    }
    if (!mode.equals("DISTRIBUTED")) {
      config.problem("Mode", "has to be INLINE or DISTRIBUTED");
    }
    if (!type.equals("STANDARD")) {
      config.problem("ExecutionType", "has to be STANDARD; EXPRESS is not supported here");
    }
    return true;
  }

  private static String label(String name, Fields fields) {
    if (!fields.has("Label")) {
      return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
    String label = fields.text("Label");
    if (!label.isEmpty() && !LABEL.matcher(label).matches()) {
      fields.problem("Label", "has to be 1 to 40 characters without spaces or special ones");
    }
    return label;
  }
}
