package io.warmfold.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A value without parts. */
sealed interface Leaf extends Shape {

  /** The canonical form, or null if the value is not one of this shape. */
  JsonNode canonical(JsonNode value);

  @Override
  default JsonNode check(JsonNode value, String pointer, Problems problems) {
    var canonical = canonical(value);
    if (canonical == null) {
      problems.add(pointer, value, expected());
    }
    return canonical;
  }

  private static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /**
   * Text of a length in characters (not UTF-16 units), both ends included.
   *
   * @param pattern a regular expression that Java and ECMAScript read alike and that the whole text
   *     matches; null for any
   * @param what the text is, to follow "expected"
   */
  record Text(int min, int max, String pattern, String what) implements Leaf {

    @Override
    public JsonNode canonical(JsonNode value) {
      return value.isTextual() && fits(value.textValue()) ? value : null;
    }

    boolean fits(String text) {
      // The cheap test first: patterns see only short text.
      var length = text.codePointCount(0, text.length());
      return length >= min
          && length <= max
          && text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE)
          && (pattern == null || text.matches(pattern));
    }

    @Override
    public String expected() {
      return what + (min == 0 ? ", at most " : ", " + min + " to ") + max + " characters";
    }

    @Override
    public ObjectNode schema() {
      var schema = typed("string").put("minLength", min).put("maxLength", max);
      return pattern == null ? schema : schema.put("pattern", "^(?:" + pattern + ")$");
    }
  }

  /**
   * Text that may also be written as a number, as hyperparameters often are.
   *
   * @param booleans whether it may be written as a boolean, too
   */
  record Loose(Text text, boolean booleans) implements Leaf {

    @Override
    public JsonNode canonical(JsonNode value) {
      var scalar = value.isTextual() || value.isNumber() || (booleans && value.isBoolean());
      return scalar && text.fits(value.asText()) ? TextNode.valueOf(value.asText()) : null;
    }

    @Override
    public String expected() {
      return text.expected();
    }

    @Override
    public ObjectNode schema() {
      var schema = text.schema();
      var types = schema.putArray("type").add("string").add("number");
      if (booleans) {
        types.add("boolean");
      }
      return schema;
    }
  }

  /** A whole number, both ends included. */
  record Whole(int min, int max, String unit) implements Leaf {

    @Override
    public JsonNode canonical(JsonNode value) {
      var whole = whole(value);
      return whole.isPresent() && whole.getAsInt() >= min && whole.getAsInt() <= max
          ? IntNode.valueOf(whole.getAsInt())
          : null;
    }

    /** JSON knows no integers: 5.0 is as whole as 5. Huge exponents are never written out. */
    static OptionalInt whole(JsonNode value) {
      if (value.isIntegralNumber()) {
        return value.canConvertToInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
      }
      if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
        return OptionalInt.empty();
      }
      var number = value.decimalValue();
      var small = number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
      return small && number.compareTo(BigDecimal.valueOf(number.intValue())) == 0
          ? OptionalInt.of(number.intValue())
          : OptionalInt.empty();
    }

    @Override
    public String expected() {
      var range =
          max == Integer.MAX_VALUE
              ? "a whole number from " + min
              : "a whole number from " + min + " to " + max;
      return unit.isEmpty() ? range : range + " (" + unit + ")";
    }

    @Override
    public ObjectNode schema() {
      return typed("integer").put("minimum", min).put("maximum", max);
    }
  }

  /** A finite number, ends excluded where there are some. */
  record Real(Double above, Double below) implements Leaf {

    @Override
    public JsonNode canonical(JsonNode value) {
      var number = value.isNumber() ? value.doubleValue() : Double.NaN;
      var fits =
          Double.isFinite(number)
              && (above == null || number > above)
              && (below == null || number < below);
      return fits ? DoubleNode.valueOf(number) : null;
    }

    @Override
    public String expected() {
      return "a number"
          + (above == null ? "" : " above " + above)
          + (above == null || below == null ? "" : " and")
          + (below == null ? "" : " below " + below);
    }

    @Override
    public ObjectNode schema() {
      var schema = typed("number");
      if (above != null) {
        schema.put("exclusiveMinimum", above);
      }
      if (below != null) {
        schema.put("exclusiveMaximum", below);
      }
      return schema;
    }
  }

  /** True or false; a string is not accepted for it. */
  record Flag() implements Leaf {

    @Override
    public JsonNode canonical(JsonNode value) {
      return value.isBoolean() ? BooleanNode.valueOf(value.booleanValue()) : null;
    }

    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public ObjectNode schema() {
      return typed("boolean");
    }
  }

  /**
   * One of some names.
   *
   * @param names what is accepted
   * @param unbuilt names that have a meaning and are refused for now
   */
  record Choice(List<String> names, List<String> unbuilt) implements Leaf {

    public Choice {
      names = List.copyOf(names);
      unbuilt = List.copyOf(unbuilt);
    }

    /** The constants that can be run, and with them the knowledge of those that cannot. */
    static <E extends Named> Choice of(List<E> supported, List<E> all) {
      return new Choice(
          Named.labels(supported),
          all.stream().filter(one -> !supported.contains(one)).map(Named::label).toList());
    }

    static Choice of(String... names) {
      return new Choice(List.of(names), List.of());
    }

    @Override
    public JsonNode canonical(JsonNode value) {
      return value.isTextual() && names.contains(value.textValue()) ? value : null;
    }

    @Override
    public JsonNode check(JsonNode value, String pointer, Problems problems) {
      if (value.isTextual() && unbuilt.contains(value.textValue())) {
        problems.add(pointer, value, expected() + ": this one is not built yet");
        return null;
      }
      return Leaf.super.check(value, pointer, problems);
    }

    @Override
    public String expected() {
      var quoted = names.stream().map(Problems::quote).collect(Collectors.joining(", "));
      return names.size() == 1 ? quoted : "one of " + quoted;
    }

    @Override
    public ObjectNode schema() {
      var schema = typed("string");
      names.forEach(schema.putArray("enum")::add);
      return schema;
    }
  }

  /** The label's column: its name, or its index as a number or as digits. */
  record Column() implements Leaf {

    private static final Text NAME = new Text(1, 256, null, "a column's name");

    private static final int LAST_INDEX = 100_000;

    @Override
    public JsonNode canonical(JsonNode value) {
      if (value.isTextual() && NAME.fits(value.textValue())) {
        return LabelColumn.of(value.textValue()) instanceof LabelColumn.Index(var index)
            ? canonical(IntNode.valueOf(index))
            : value;
      }
      var index = Whole.whole(value);
      return index.isPresent() && index.getAsInt() >= 0 && index.getAsInt() <= LAST_INDEX
          ? IntNode.valueOf(index.getAsInt())
          : null;
    }

    @Override
    public String expected() {
      return "a column's name, or its zero-based index up to " + LAST_INDEX;
    }

    @Override
    public ObjectNode schema() {
      var schema = JsonNodeFactory.instance.objectNode();
      schema.putArray("type").add("integer").add("string");
      return schema
          .put("minimum", 0)
          .put("maximum", LAST_INDEX)
          .put("minLength", 1)
          .put("maxLength", 256);
    }
  }
}
