package io.warmfold.fold;

import java.util.Arrays;

/**
 * Checks a parsed record against {@link Columns} and writes it as a row: the label first, quotes
 * only where they are needed. Not safe for use by several threads.
 */
final class RowBuilder {

  private final String object;
  private final Columns columns;
  private final FieldGrammar grammar;
  private byte[] row = new byte[256];
  private int length;

  RowBuilder(String object, Columns columns, FieldGrammar grammar) {
    this.object = object;
    this.columns = columns;
    this.grammar = grammar;
  }

  /**
   * @throws DataProblem if the record is no such row
   */
  void build(RecordParser record, long line) {
    checkCount(record, line);
    int label = columns.label();
    for (int f = 0; f < record.count(); f++) {
      check(record, f, line);
    }
    length = 0;
    append(record, label);
    for (int f = 0; f < record.count(); f++) {
      if (f != label) {
        append((byte) ',');
        append(record, f);
      }
    }
    append((byte) '\n');
  }

  private void checkCount(RecordParser record, long line) {
    if (record.count() == columns.count()) {
      return;
    }
    String found = record.count() + (record.count() == 1 ? " field" : " fields");
    String expected = columns.count() + ", as in the first line";
    String model = columns.model().equals(object) ? "" : " of " + columns.model();
    throw DataProblem.at(object, line, found, expected + model);
  }

  private void check(RecordParser record, int f, long line) {
    boolean isLabel = f == columns.label();
    byte[] values = record.values();
    if (isLabel && blank(values, record.from(f), record.to(f))) {
      throw DataProblem.at(
          object, line, "no label in " + columns.called(f), "a value there in every row");
    }
    if (!columns.numeric()) {
      return;
    }
    int kind = grammar.kindOf(values, record.from(f), record.to(f));
    if (kind == FieldGrammar.WRONG || (isLabel && kind != FieldGrammar.VALUE)) {
      String wanted = isLabel ? "a number as the label" : "a number, or nothing if it is missing";
      boolean likeHeader = line == 1 && !columns.hasHeader();
      throw DataProblem.at(
          object,
          line,
          DataProblem.shown(record.field(f)) + " in " + columns.called(f),
          likeHeader
              ? wanted
                  + "; the line looks like a header, and \"HasHeader\": true would be right then"
              : wanted);
    }
  }

  private static boolean blank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private void append(RecordParser record, int f) {
    byte[] values = record.values();
    int from = record.from(f);
    int to = record.to(f);
    boolean quotes = false;
    for (int i = from; i < to; i++) {
      byte b = values[i];
      quotes |= b == ',' || b == '"' || b == '\n' || b == '\r';
    }
    if (!quotes) {
      ensure(to - from);
      System.arraycopy(values, from, row, length, to - from);
      length += to - from;
      return;
    }
    append((byte) '"');
    for (int i = from; i < to; i++) {
      if (values[i] == '"') {
        append((byte) '"');
      }
      append(values[i]);
    }
    append((byte) '"');
  }

  private void append(byte b) {
    ensure(1);
    row[length++] = b;
  }

  private void ensure(int more) {
    if (length + more > row.length) {
      row = Arrays.copyOf(row, Math.max(length + more, 2 * row.length));
    }
  }

  int length() {
    return length;
  }

  int copyTo(byte[] target, int at) {
    System.arraycopy(row, 0, target, at, length);
    return at + length;
  }
}
