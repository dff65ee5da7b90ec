package io.warmfold.fold;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes one record apart field by field, quotes undone. It is exact rather than fast: headers,
 * records with quotes, and records that are wrong come here, so that the message can say how. Not
 * safe for use by several threads.
 */
final class RecordParser {

  private final String object;
  private byte[] values = new byte[256];
  private int[] ends = new int[16];
  private int length;
  private int count;
  private int next;
  private int lines;
  private boolean quoted;

  /**
   * @param object the URI for messages
   */
  RecordParser(String object) {
    this.object = object;
  }

  /**
   * Parses the record that starts at {@code from}.
   *
   * @param limit the end of the bytes at hand
   * @param last whether no more bytes will come
   * @param line the number of the record's first line
   * @return false if the record may go on behind {@code limit}
   * @throws DataProblem if it breaks the rules of RFC 4180
   */
  boolean parse(byte[] bytes, int from, int limit, boolean last, long line) {
    length = 0;
    count = 0;
    lines = 1;
    quoted = false;
    int i = from;
    while (true) {
      i =
          i < limit && bytes[i] == '"'
              ? quotedField(bytes, i + 1, limit, last, line)
              : plainField(bytes, i, limit, line);
      if (i < 0 || (i == limit && !last)) {
        return false;
      }
      endField();
      if (i == limit) {
        next = i;
        return true;
      }
      if (bytes[i] != ',') {
        boolean lineFeed = bytes[i] == '\n';
        if (!lineFeed && i + 1 == limit && !last) {
          return false;
        }
        if (!lineFeed && i + 1 < limit && bytes[i + 1] != '\n') {
          throw DataProblem.at(
              object,
              line + lines - 1,
              "a carriage return inside a field",
              "LF or CRLF at the end of a line, and quotes around a field that holds one");
        }
        next = Math.min(lineFeed ? i + 1 : i + 2, limit);
        return true;
      }
      i++;
    }
  }

  /** Copies a field without quotes, and gives the index of the comma or line end behind it. */
  private int plainField(byte[] bytes, int from, int limit, long line) {
    int i = from;
    while (i < limit && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r') {
      if (bytes[i] == '"') {
        throw DataProblem.at(
            object,
            line + lines - 1,
            "a quote inside a field that is not quoted: "
                + DataProblem.shown(new String(bytes, from, i + 1 - from, StandardCharsets.UTF_8)),
            "quotes around the whole field, and quotes inside doubled");
      }
      if (bytes[i] == 0) {
        throw DataProblem.at(
            object,
            line + lines - 1,
            "a zero byte",
            "text in UTF-8, not compressed or binary data");
      }
      i++;
    }
    append(bytes, from, i);
    return i;
  }

  /** The same for a field whose opening quote is right before {@code from}; -1 if it goes on. */
  private int quotedField(byte[] bytes, int from, int limit, boolean last, long line) {
    quoted = true;
    long opened = line + lines - 1;
    int i = from;
    int run = from;
    while (i < limit) {
      if (bytes[i] == '\n') {
        lines++;
      } else if (bytes[i] == '"') {
        if (i + 1 == limit && !last) {
          return -1;
        }
        append(bytes, run, i);
        i++;
        if (i == limit || bytes[i] != '"') {
          if (i < limit && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r') {
            throw DataProblem.at(
                object,
                line + lines - 1,
                "text behind a closing quote",
                "a comma or the end of the line there, and quotes inside a field doubled");
          }
          return i;
        }
        run = i;
      }
      i++;
    }
    if (last) {
      throw DataProblem.at(
          object, opened, "a quote that is never closed", "a closing quote before the file ends");
    }
    return -1;
  }

  private void append(byte[] bytes, int from, int to) {
    int wanted = length + to - from;
    if (wanted > values.length) {
      values = Arrays.copyOf(values, Math.max(wanted, 2 * values.length));
    }
    System.arraycopy(bytes, from, values, length, to - from);
    length = wanted;
  }

  private void endField() {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = length;
  }

  /** The number of fields of the last record. */
  int count() {
    return count;
  }

  /** Where the record after it starts. */
  int next() {
    return next;
  }

  /** How many lines it took. */
  int lines() {
    return lines;
  }

  /** Whether it was an empty line. */
  boolean blank() {
    return count == 1 && length == 0 && !quoted;
  }

  /** The array that {@link #from} and {@link #to} point into. */
  byte[] values() {
    return values;
  }

  int from(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  int to(int field) {
    return ends[field];
  }

  String field(int field) {
    return new String(values, from(field), to(field) - from(field), StandardCharsets.UTF_8);
  }

  List<String> fields() {
    List<String> fields = new ArrayList<>(count);
    for (int f = 0; f < count; f++) {
      fields.add(field(f));
    }
    return fields;
  }
}
