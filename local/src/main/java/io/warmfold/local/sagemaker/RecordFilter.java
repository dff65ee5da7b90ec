package io.warmfold.local.sagemaker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filters of batch transform on CSV records: of JSONPath, {@code $}, one column, several
 * columns and a range of columns; negative columns count from the end.
 */
public final class RecordFilter {

  private static final Pattern RANGE = Pattern.compile("\\$\\[\\s*(-?\\d*)\\s*:\\s*(-?\\d*)\\s*]");
  private static final Pattern COLUMNS =
      Pattern.compile("\\$\\[\\s*(-?\\d+(?:\\s*,\\s*-?\\d+)*)\\s*]");

  /** Columns of a record of some width. */
  @FunctionalInterface
  private interface Choice {
    List<Integer> of(int width);
  }

  private final Choice choice;

  private RecordFilter(Choice choice) {
    this.choice = choice;
  }

  /**
   * Reads a filter.
   *
   * @throws IllegalArgumentException when it is more than is served here; the message names it
   */
  public static RecordFilter parse(String path) {
    String text = path.strip();
    if (text.isEmpty() || text.equals("$")) {
      return new RecordFilter(null);
    }
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      String from = range.group(1);
      String to = range.group(2);
      return new RecordFilter(
          width -> {
            int first = from.isEmpty() ? 0 : Math.max(0, at(Integer.parseInt(from), width));
            int end = to.isEmpty() ? width : Math.min(width, at(Integer.parseInt(to), width));
            List<Integer> columns = new ArrayList<>();
            for (int column = first; column < end; column++) {
              columns.add(column);
            }
            return columns;
          });
    }
    Matcher columns = COLUMNS.matcher(text);
    if (columns.matches()) {
      List<Integer> wanted = new ArrayList<>();
      for (String column : columns.group(1).split(",", -1)) {
        wanted.add(Integer.valueOf(column.strip()));
      }
      return new RecordFilter(
          width ->
              wanted.stream()
                  .map(column -> at(column, width))
                  .filter(column -> column >= 0 && column < width)
                  .toList());
    }
    throw new IllegalArgumentException(
        "The filter " + path + " is not served locally: only $, $[n], $[a,b] and $[a:b] are.");
  }

  private static int at(int column, int width) {
    return column < 0 ? width + column : column;
  }

  /** Whether it leaves records as they are. */
  public boolean all() {
    return choice == null;
  }

  /** The chosen columns of a record; a comma between double quotes is part of a column. */
  public String apply(String record) {
    if (choice == null) {
      return record;
    }
    List<String> columns = split(record);
    return String.join(",", choice.of(columns.size()).stream().map(columns::get).toList());
  }

  private static List<String> split(String record) {
    List<String> columns = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < record.length(); i++) {
      char c = record.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        columns.add(record.substring(start, i));
        start = i + 1;
      }
    }
    columns.add(record.substring(start));
    return columns;
  }
}
