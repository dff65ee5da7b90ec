package io.warmfold.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML that is also well-formed XML. Whatever is handed in as text or as an attribute's
 * value is escaped; names of elements and attributes are ours.
 */
final class Markup {

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are names and values in turn, a null value leaves one out. */
  Markup open(String element, String... attributes) {
    tag(element, attributes).append('>');
    open.push(element);
    return this;
  }

  /** Closes the element that was opened last. */
  Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element that holds only text. */
  Markup leaf(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** An element that holds nothing, such as {@code br} or {@code circle}. */
  Markup empty(String element, String... attributes) {
    tag(element, attributes).append("/>");
    return this;
  }

  Markup text(String text) {
    escape(text);
    return this;
  }

  /** Text of our own that is markup already. */
  Markup trusted(String markup) {
    out.append(markup);
    return this;
  }

  /** A line break in the source, for people who read it. */
  Markup line() {
    out.append('\n');
    return this;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }

  /** A coordinate, exact to a hundredth of a pixel. */
  static String px(double coordinate) {
    long hundredths = Math.round(coordinate * 100);
    String sign = hundredths < 0 ? "-" : "";
    long whole = Math.abs(hundredths) / 100;
    long rest = Math.abs(hundredths) % 100;
    if (rest == 0) {
      return sign + whole;
    }
    return sign + whole + "." + (rest % 10 == 0 ? rest / 10 : rest < 10 ? "0" + rest : rest);
  }

  private StringBuilder tag(String element, String... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1]);
        out.append('"');
      }
    }
    return out;
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(printable(c) ? c : 0xFFFD);
              }
            });
  }

  /** What XML allows, without the controls that could turn the direction of the text around. */
  private static boolean printable(int c) {
    if (c < 0x20) {
      return c == '\t' || c == '\n' || c == '\r';
    }
    boolean surrogateOrNothing = (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF;
    boolean control = c >= 0x7F && c < 0xA0;
    boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !surrogateOrNothing && !control && !direction;
  }
}
