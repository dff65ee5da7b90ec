package io.warmfold.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes what the reader knows as a JSON Schema and as a table. */
final class StudySchema {

  private StudySchema() {}

  static ObjectNode schema() {
    var schema = Documents.JSON.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Warmfold study document");
    schema.put(
        "description",
        "One tuning, from data to registered model, in the shapes of SageMaker's Automatic Model"
            + " Tuning. MaxNumberOfTrainingJobs counts trials, MaxParallelTrainingJobs counts jobs at"
            + " once. At most 200 KiB.");
    schema.setAll(StudyShape.ROOT.schema());
    return schema;
  }

  /** Every field with its place, in the order of the document; list items are under [ ]. */
  static void forEachField(BiConsumer<String, ObjectShape.Field> action) {
    walk(StudyShape.ROOT, "", action);
  }

  private static void walk(
      Shape shape, String place, BiConsumer<String, ObjectShape.Field> action) {
    switch (shape) {
      case ObjectShape(_, var fields, _) ->
          fields.forEach(
              (name, field) -> {
                var at = place.isEmpty() ? name : place + "." + name;
                action.accept(at, field);
                walk(field.shape(), at, action);
              });
      case ListShape(var item, _, _) -> walk(item, place + "[ ]", action);
      case MapShape _ -> {}
      case Leaf _ -> {}
    }
  }

  /** The table of all fields, a section for each block. */
  static String tables() {
    List<String> lines = new ArrayList<>();
    forEachField(
        (place, field) -> {
          if (!place.contains(".")) {
            lines.add("");
            lines.add("### " + place);
            lines.add("");
            lines.add(field.description());
            if (!(field.shape() instanceof Leaf)) {
              lines.add("");
              lines.add("| field | value | what it does |");
              lines.add("|---|---|---|");
            }
            return;
          }
          var rest = place.substring(place.indexOf('.') + 1);
          var fallback =
              field.fallback() == null || field.fallback().isContainerNode()
                  ? ""
                  : " Default: `" + field.fallback().asText() + "`.";
          lines.add(
              "| `%s`%s | %s | %s%s |"
                  .formatted(
                      rest,
                      field.required() ? " (required)" : "",
                      cell(value(field.shape())),
                      cell(field.description()),
                      fallback));
        });
    return String.join("\n", lines).strip() + "\n";
  }

  private static String value(Shape shape) {
    return switch (shape) {
      case ObjectShape _ -> "object";
      case ListShape(_, var min, var max) -> "list, " + min + " to " + max;
      case MapShape(_, _, var max) -> "names and values, at most " + max;
      case Leaf.Choice(var names, _) -> "`" + String.join("`, `", names) + "`";
      case Leaf.Whole(var min, var max, _) when max == Integer.MAX_VALUE -> "whole, from " + min;
      case Leaf.Whole(var min, var max, _) -> "whole, " + min + " to " + max;
      case Leaf.Real(var above, var below) when above == null && below == null -> "number";
      case Leaf.Real(var above, var below) when below == null -> "number, above " + above;
      case Leaf.Real(var above, var below) ->
          "number, between " + above + " and " + below + ", both excluded";
      case Leaf.Flag _ -> "`true`, `false`";
      case Leaf.Column _ -> "text or whole";
      case Leaf.Loose loose -> loose.booleans() ? "text, number or boolean" : "text or number";
      case Leaf.Text text -> "text, at most " + text.max();
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
