package io.warmfold.fold;

import java.util.Arrays;

/**
 * The automaton of one field that is not quoted, as a table: one load a byte decides at once about
 * separators, line ends and whether the field is a number. The table at {@code state | byte} holds
 * the next state, or a negative <em>end</em>, which {@link #endedBy} and {@link #kind} take apart.
 */
final class FieldGrammar {

  /** The state at the start of a field. */
  static final int START = 0;

  /** What ended a field. */
  static final int COMMA = 0;

  static final int LINE_FEED = 1;
  static final int CARRIAGE_RETURN = 2;

  /** Any other byte: {@link #kind} is then {@link #QUOTE} or {@link #WRONG}. */
  static final int OTHER = 3;

  /** What the field was. */
  static final int VALUE = 0;

  static final int EMPTY = 1;

  /** Not a number, spelt so. */
  static final int NAN = 2;

  /** A quote where a field starts. */
  static final int QUOTE = 3;

  /** Bytes that the grammar has no place for. */
  static final int WRONG = 4;

  private static final int WIDTH = 256;
  private static final int STATES = 14;

  /** Any text; a quote or a zero byte inside is wrong. */
  static final FieldGrammar TEXT = new FieldGrammar(text(), "text");

  /**
   * A decimal number with blanks around it, or NaN, or nothing. Infinity is no number here: XGBoost
   * refuses it.
   */
  static final FieldGrammar NUMBER = new FieldGrammar(number(), "number");

  private final short[] table;
  private final String name;

  private FieldGrammar(short[] table, String name) {
    this.table = table;
    this.name = name;
  }

  /** The table itself, for the hot loop; never to be written to. */
  short[] table() {
    return table;
  }

  static int endedBy(int end) {
    return -(end + 1) & 3;
  }

  static int kind(int end) {
    return -(end + 1) >> 2;
  }

  /** What the text of a field that was quoted would be without its quotes. */
  int kindOf(byte[] bytes, int from, int to) {
    int state = START;
    for (int i = from; i < to; i++) {
      int next = table[state | (bytes[i] & 0xFF)];
      if (next < 0) {
        return WRONG;
      }
      state = next;
    }
    return kind(table[state | ',']);
  }

  @Override
  public String toString() {
    return name;
  }

  private static short end(int endedBy, int kind) {
    return (short) -(1 + (endedBy | kind << 2));
  }

  private static short[] text() {
    short[] table = new short[2 * WIDTH];
    Arrays.fill(table, (short) WIDTH);
    ends(table, START, EMPTY);
    ends(table, 1, VALUE);
    table['"'] = end(OTHER, QUOTE);
    table[WIDTH | '"'] = end(OTHER, WRONG);
    table[0] = end(OTHER, WRONG);
    table[WIDTH] = end(OTHER, WRONG);
    return table;
  }

  private static short[] number() {
    int blanksBefore = 1;
    int sign = 2;
    int digits = 3;
    int point = 4;
    int fraction = 5;
    int exponent = 6;
    int exponentSign = 7;
    int exponentDigits = 8;
    int blanksAfter = 9;
    int letterN = 10;
    int lettersNa = 11;
    int lettersNan = 12;
    int blanksAfterNan = 13;
    short[] table = new short[STATES * WIDTH];
    Arrays.fill(table, end(OTHER, WRONG));
    for (int state = 0; state < STATES; state++) {
      ends(table, state, WRONG);
    }
    ends(table, START, EMPTY);
    table['"'] = end(OTHER, QUOTE);
    for (int before : new int[] {START, blanksBefore, sign}) {
      go(table, before, "0123456789", digits);
      go(table, before, ".", point);
      go(table, before, "nN", letterN);
    }
    for (int before : new int[] {START, blanksBefore}) {
      go(table, before, "+-", sign);
      go(table, before, " \t", blanksBefore);
    }
    go(table, digits, "0123456789", digits);
    go(table, digits, ".", fraction);
    go(table, point, "0123456789", fraction);
    go(table, fraction, "0123456789", fraction);
    go(table, digits, "eE", exponent);
    go(table, fraction, "eE", exponent);
    go(table, exponent, "+-", exponentSign);
    go(table, exponent, "0123456789", exponentDigits);
    go(table, exponentSign, "0123456789", exponentDigits);
    go(table, exponentDigits, "0123456789", exponentDigits);
    go(table, letterN, "aA", lettersNa);
    go(table, lettersNa, "nN", lettersNan);
    for (int whole : new int[] {digits, fraction, exponentDigits, blanksAfter}) {
      ends(table, whole, VALUE);
      go(table, whole, " \t", blanksAfter);
    }
    for (int whole : new int[] {lettersNan, blanksAfterNan}) {
      ends(table, whole, NAN);
      go(table, whole, " \t", blanksAfterNan);
    }
    return table;
  }

  private static void ends(short[] table, int state, int kind) {
    int row = state * WIDTH;
    table[row | ','] = end(COMMA, kind);
    table[row | '\n'] = end(LINE_FEED, kind);
    table[row | '\r'] = end(CARRIAGE_RETURN, kind);
  }

  private static void go(short[] table, int state, String on, int next) {
    for (int i = 0; i < on.length(); i++) {
      table[state * WIDTH | on.charAt(i)] = (short) (next * WIDTH);
    }
  }
}
