package io.warmfold.fold;

import java.util.List;

/**
 * What every row has to look like.
 *
 * @param count the number of fields
 * @param names from the header; empty without one
 * @param label the index of the label's column
 * @param model the URI of the object whose first line says so, for messages
 * @param numeric whether fields are numbers
 */
public record Columns(int count, List<String> names, int label, String model, boolean numeric) {

  public Columns {
    names = List.copyOf(names);
    if (label < 0 || label >= count || (!names.isEmpty() && names.size() != count)) {
      throw new IllegalArgumentException("label " + label + " of " + count + " columns");
    }
  }

  boolean hasHeader() {
    return !names.isEmpty();
  }

  /** The columns of shards: the label first, no header, the numbers checked already. */
  Columns dealt() {
    return new Columns(count, List.of(), 0, model, false);
  }

  /** A column as messages call it. */
  String called(int column) {
    return hasHeader()
        ? "column " + column + " (" + DataProblem.shown(names.get(column)) + ")"
        : "column " + column;
  }
}
