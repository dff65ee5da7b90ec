package io.warmfold.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document. Not for several threads. */
final class Problems {

  private static final int LONGEST_FOUND = 60;

  private final List<Problem> found = new ArrayList<>();

  void add(String pointer, JsonNode value, String expected) {
    add(pointer, describe(value), expected);
  }

  void add(String pointer, String value, String expected) {
    found.add(new Problem(pointer, value, expected));
  }

  List<Problem> all() {
    return List.copyOf(found);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Whether something at, above or below the pointer is already known to be wrong. */
  boolean touch(String pointer) {
    return found.stream()
        .map(Problem::pointer)
        .anyMatch(known -> within(known, pointer) || within(pointer, known));
  }

  private static boolean within(String inner, String outer) {
    return inner.startsWith(outer)
        && (inner.length() == outer.length() || inner.charAt(outer.length()) == '/');
  }

  /** A pointer to a member, escaped as RFC 6901 wants it. */
  static String member(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** What a value is, in a few words on one line. */
  static String describe(JsonNode value) {
    if (value == null) {
      return "nothing";
    }
    return switch (value.getNodeType()) {
      case MISSING -> "nothing";
      case NULL -> "null";
      case STRING -> quote(value.textValue());
      case NUMBER, BOOLEAN -> shorten(value.asText());
      case OBJECT -> value.isEmpty() ? "an empty object" : "an object of " + value.size();
      case ARRAY -> value.isEmpty() ? "an empty list" : "a list of " + value.size();
      case BINARY, POJO -> "something that is not JSON";
    };
  }

  static String quote(String text) {
    return "\"" + shorten(text) + "\"";
  }

  private static String shorten(String text) {
    var line = new StringBuilder();
    var length = 0;
    for (var i = 0; i < text.length() && length < LONGEST_FOUND; length++) {
      var point = text.codePointAt(i);
      i += Character.charCount(point);
      var printable =
          !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE;
      line.appendCodePoint(printable ? point : '\uFFFD');
      if (length == LONGEST_FOUND - 1 && i < text.length()) {
        line.append('…');
      }
    }
    return line.toString();
  }
}
