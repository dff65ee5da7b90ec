package io.warmfold.fold;

import static io.warmfold.fold.FieldGrammar.COMMA;
import static io.warmfold.fold.FieldGrammar.LINE_FEED;
import static io.warmfold.fold.FieldGrammar.OTHER;
import static io.warmfold.fold.FieldGrammar.VALUE;
import static io.warmfold.fold.FieldGrammar.WRONG;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of one CSV object, as a cursor: each with the label first, LF behind, and quotes only
 * where they are needed. A row is never a string here; the usual one, which has no quotes and
 * nothing wrong, is scanned once and copied once. Not safe for use by several threads.
 */
final class CsvRows implements AutoCloseable {

  private static final int FIRST_BUFFER = 256 << 10;
  private static final int SMALLEST_BUFFER = 64;
  private static final int LONGEST_RECORD = 64 << 20;

  private enum Scan {
    ROW,
    MORE,
    UNUSUAL
  }

  private final InputStream in;
  private final String object;
  private final Columns columns;
  private final FieldGrammar grammar;
  private final RecordParser parser;
  private final RowBuilder built;

  /** Longer than what it may hold: a line feed behind the last byte stops the scan. */
  private byte[] buffer;

  private int limit;
  private boolean last;
  private boolean opened;

  /** Where the row after the current one starts, and the numbers of both lines. */
  private int next;

  private long line;
  private long nextLine = 1;
  private long blankLine;

  private int start;
  private int end;
  private int labelFrom;
  private int labelTo;
  private boolean rebuilt;

  /**
   * @param in closed with this
   * @param object what it is of
   * @param columns what rows must look like; null to read a header only
   */
  CsvRows(InputStream in, StoredObject object, Columns columns) {
    this.in = in;
    this.object = object.uri();
    this.buffer =
        new byte
            [(int)
                Math.max(
                    SMALLEST_BUFFER, Math.min(FIRST_BUFFER, object.size() + DecimalRun.SLACK))];
    this.columns = columns;
    this.grammar = columns != null && columns.numeric() ? FieldGrammar.NUMBER : FieldGrammar.TEXT;
    this.parser = new RecordParser(this.object);
    this.built = new RowBuilder(this.object, columns, grammar);
  }

  /**
   * The fields of the next record, whatever it looks like; empty at the end of the object. Empty
   * lines are passed over.
   */
  List<String> header() throws IOException {
    while (more()) {
      while (!parser.parse(buffer, next, limit, last, nextLine)) {
        fill();
      }
      line = nextLine;
      next = parser.next();
      nextLine += parser.lines();
      if (!parser.blank()) {
        return parser.fields();
      }
    }
    return List.of();
  }

  /**
   * Goes to the next row.
   *
   * @return false at the end of the object
   * @throws DataProblem if the row is not as {@link Columns} wants it
   */
  boolean next() throws IOException {
    while (more()) {
      Scan scan = scan();
      if (scan == Scan.MORE) {
        fill();
        continue;
      }
      if (scan == Scan.UNUSUAL) {
        if (!parser.parse(buffer, next, limit, last, nextLine)) {
          fill();
          continue;
        }
        line = nextLine;
        next = parser.next();
        nextLine += parser.lines();
        if (parser.blank()) {
          blankLine = blankLine == 0 ? line : blankLine;
          continue;
        }
        checkNoBlankLine();
        built.build(parser, line);
        rebuilt = true;
        return true;
      }
      line = nextLine++;
      rebuilt = false;
      checkNoBlankLine();
      return true;
    }
    return false;
  }

  private void checkNoBlankLine() {
    if (blankLine > 0) {
      throw DataProblem.at(
          object, blankLine, "an empty line between rows", "empty lines at the end only");
    }
  }

  /** Whether there is a record behind the current one. */
  private boolean more() throws IOException {
    if (!opened) {
      fill();
      opened = true;
      next = FirstBytes.check(buffer, limit, object);
    }
    while (next == limit && !last) {
      fill();
    }
    return next < limit;
  }

  /** The hot loop: a field at a time for plain numbers, one table load a byte for the others. */
  private Scan scan() {
    byte[] bytes = buffer;
    short[] table = grammar.table();
    int label = columns.label();
    int from = next;
    int i = from;
    int field = from;
    int column = 0;
    boolean numeric = grammar == FieldGrammar.NUMBER;
    int foundFrom = -1;
    int foundTo = -1;
    while (true) {
      int stop = numeric ? DecimalRun.end(bytes, i) : -1;
      if (stop >= 0 && bytes[stop] == ',') {
        if (column == label) {
          foundFrom = field;
          foundTo = stop;
        }
        column++;
        i = stop + 1;
        field = i;
        continue;
      }
      int to = table[FieldGrammar.START | (bytes[i++] & 0xFF)];
      while (to >= 0) {
        to = table[to | (bytes[i++] & 0xFF)];
      }
      int ended = FieldGrammar.endedBy(to);
      int kind = FieldGrammar.kind(to);
      if (ended != COMMA && i > limit && !last) {
        return Scan.MORE;
      }
      if (ended == OTHER || kind >= WRONG) {
        return Scan.UNUSUAL;
      }
      if (column == label) {
        if (kind != VALUE || bytes[field] == ' ' || bytes[field] == '\t') {
          return Scan.UNUSUAL;
        }
        foundFrom = field;
        foundTo = i - 1;
      }
      column++;
      if (ended == COMMA) {
        field = i;
        continue;
      }
      if (column != columns.count()) {
        return Scan.UNUSUAL;
      }
      end = i - 1;
      if (ended == LINE_FEED) {
        next = Math.min(i, limit);
      } else if (i >= limit && !last) {
        return Scan.MORE;
      } else if (bytes[i] == '\n') {
        next = Math.min(i + 1, limit);
      } else {
        return Scan.UNUSUAL;
      }
      start = from;
      labelFrom = foundFrom;
      labelTo = foundTo;
      return Scan.ROW;
    }
  }

  /** Reads on, behind what has been read from {@link #next} on. */
  private void fill() throws IOException {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      limit -= next;
      next = 0;
    }
    if (limit == buffer.length - DecimalRun.SLACK) {
      if (limit >= LONGEST_RECORD) {
        throw DataProblem.at(
            object,
            nextLine,
            "a record of more than " + (LONGEST_RECORD >> 20) + " MiB",
            "lines ended by LF or CRLF, and every quote closed");
      }
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    // The first bytes are looked at together, so a short first read must not split them.
    int wanted = opened ? 1 : FirstBytes.LONGEST;
    int read;
    int total = 0;
    do {
      read = in.read(buffer, limit, buffer.length - DecimalRun.SLACK - limit);
      if (read < 0) {
        last = true;
      } else {
        limit += read;
        total += read;
      }
    } while (read >= 0 && total < wanted);
    buffer[limit] = '\n';
  }

  /** The number of the current row's first line. */
  long line() {
    return line;
  }

  /** The size of the current row as it will be written. */
  int length() {
    return rebuilt ? built.length() : end - start + 1;
  }

  /** Writes the current row, {@link #length} bytes, and gives the index behind it. */
  int copyTo(byte[] target, int at) {
    if (rebuilt) {
      return built.copyTo(target, at);
    }
    int to = at;
    if (labelFrom == start) {
      to = copy(start, end, target, to);
    } else {
      to = copy(labelFrom, labelTo, target, to);
      target[to++] = ',';
      to = copy(start, labelFrom - 1, target, to);
      to = copy(labelTo, end, target, to);
    }
    target[to++] = '\n';
    return to;
  }

  private int copy(int from, int to, byte[] target, int at) {
    System.arraycopy(buffer, from, target, at, to - from);
    return at + to - from;
  }

  /**
   * The array that holds the current row's label, between {@link #labelFrom} and {@link #labelTo}.
   */
  byte[] labelBytes() {
    return rebuilt ? parser.values() : buffer;
  }

  int labelFrom() {
    return rebuilt ? parser.from(columns.label()) : labelFrom;
  }

  int labelTo() {
    return rebuilt ? parser.to(columns.label()) : labelTo;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
