package io.warmfold.fold;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives each distinct label a small number, without a string for a label that was seen before. Of
 * numeric labels the value counts, not the spelling: 1 and 1.0 are one class. Not safe for use by
 * several threads.
 */
final class ClassIndex {

  /** More classes than this are no classes. */
  static final int MOST_CLASSES = 10_000;

  /** With more distinct labels than this, plain folds are taken for folds of a regression. */
  static final int MOST_COUNTED = 100;

  private static final int LONGEST_PLAIN = 20;

  private final boolean numeric;
  private final boolean required;
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Seen> classes = new ArrayList<>();
  private final Optional<LabelRule> rule;
  private final String column;
  private boolean counting = true;

  /** Open addressing: the spelling in a slot, and the class it stands for. */
  private byte[][] spellings = new byte[64][];

  private int[] meanings = new int[64];
  private int used;

  /**
   * A class and where it was first seen.
   *
   * @param name its label; a number without superfluous zeros
   * @param object the URI
   * @param line counted from 1
   */
  record Seen(String name, String object, long line) {}

  /**
   * @param numeric whether labels are numbers
   * @param required whether too many classes are a problem, rather than the end of counting
   */
  ClassIndex(boolean numeric, boolean required) {
    this(numeric, required, Optional.empty(), "");
  }

  /**
   * @param rule for labels
   * @param column of labels, for messages
   */
  ClassIndex(boolean numeric, boolean required, Optional<LabelRule> rule, String column) {
    this.numeric = numeric;
    this.required = required;
    this.rule = rule;
    this.column = column;
  }

  /**
   * The number of the current row's class, or -1 if classes are not counted.
   *
   * @throws DataProblem if there are too many, or the label is not one by the rule
   */
  int of(CsvRows row, String object) {
    byte[] bytes = row.labelBytes();
    int from = row.labelFrom();
    int to = row.labelTo();
    if (!counting) {
      check(row, object);
      return -1;
    }
    int slot = slot(bytes, from, to);
    if (spellings[slot] != null) {
      return meanings[slot];
    }
    // A spelling that is known has been checked.
    check(row, object);
    byte[] spelling = Arrays.copyOfRange(bytes, from, to);
    int id = idOf(canonical(new String(spelling, StandardCharsets.UTF_8)), row, object);
    if (id >= 0) {
      spellings[slot] = spelling;
      meanings[slot] = id;
      if (++used * 2 > spellings.length) {
        grow();
      }
    }
    return id;
  }

  private void check(CsvRows row, String object) {
    if (rule.isPresent()) {
      rule.get()
          .check(row.labelBytes(), row.labelFrom(), row.labelTo(), object, row.line(), column);
    }
  }

  private int idOf(String name, CsvRows row, String object) {
    Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    int most = required ? MOST_CLASSES : MOST_COUNTED;
    if (classes.size() == most) {
      if (required) {
        throw DataProblem.at(
            object,
            row.line(),
            "the " + (most + 1) + "th distinct label",
            "at most "
                + most
                + " classes to stratify by; the label looks continuous, for which the"
                + " splitter KFold would be right");
      }
      counting = false;
      classes.clear();
      return -1;
    }
    ids.put(name, classes.size());
    classes.add(new Seen(name, object, row.line()));
    return classes.size() - 1;
  }

  private String canonical(String label) {
    if (!numeric) {
      return label;
    }
    String text = label.strip();
    try {
      BigDecimal value = new BigDecimal(text).stripTrailingZeros();
      return Math.abs((long) value.scale()) + value.precision() <= LONGEST_PLAIN
          ? value.toPlainString()
          : value.toString();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private int slot(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int mask = spellings.length - 1;
    int slot = ((hash * 0x9E3779B9) >>> 8) & mask;
    while (spellings[slot] != null
        && !Arrays.equals(spellings[slot], 0, spellings[slot].length, bytes, from, to)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    byte[][] oldSpellings = spellings;
    int[] oldMeanings = meanings;
    spellings = new byte[2 * oldSpellings.length][];
    meanings = new int[spellings.length];
    for (int i = 0; i < oldSpellings.length; i++) {
      byte[] spelling = oldSpellings[i];
      if (spelling != null) {
        int slot = slot(spelling, 0, spelling.length);
        spellings[slot] = spelling;
        meanings[slot] = oldMeanings[i];
      }
    }
  }

  /** Whether the classes of every row so far are known. */
  boolean counting() {
    return counting;
  }

  /** The classes by number; empty if they are not counted. */
  List<Seen> classes() {
    return List.copyOf(classes);
  }

  String name(int rowClass) {
    return classes.get(rowClass).name();
  }

  /** The order of class names: by value if they are numbers, else by their text. */
  static Comparator<String> order(boolean numeric) {
    return numeric
        ? Comparator.comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder())
        : Comparator.naturalOrder();
  }
}
