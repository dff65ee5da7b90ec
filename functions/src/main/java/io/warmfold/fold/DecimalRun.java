package io.warmfold.fold;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of a plain decimal number, eight bytes at a time and almost without branches. It is
 * a short cut of {@link FieldGrammar#NUMBER} for what most fields are; whatever it does not know is
 * left to the grammar.
 */
final class DecimalRun {

  /** How many bytes behind the last one an array must have. */
  static final int SLACK = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  private static final long ZEROS = EACH * '0';
  private static final long HIGH_BITS = EACH << 7;

  /** What lifts ten and more, but not nine, to the high bit. */
  private static final long TEN_OVERFLOWS = EACH * (0x80 - 10);

  private DecimalRun() {}

  /**
   * The index behind {@code [-]digits[.digits]}; -1 if there is no such number.
   *
   * @param bytes with a byte that is no digit before the last {@link #SLACK} bytes
   */
  static int end(byte[] bytes, int from) {
    int first = from + (bytes[from] == '-' ? 1 : 0);
    int i = digitsEnd(bytes, first);
    int digits = i - first;
    if (bytes[i] == '.') {
      int fraction = i + 1;
      i = digitsEnd(bytes, fraction);
      digits += i - fraction;
    }
    return digits == 0 ? -1 : i;
  }

  private static int digitsEnd(byte[] bytes, int from) {
    int i = from;
    while (true) {
      long values = (long) LONGS.get(bytes, i) ^ ZEROS;
      long others = (((values & ~HIGH_BITS) + TEN_OVERFLOWS) | values) & HIGH_BITS;
      if (others != 0) {
        return i + (Long.numberOfTrailingZeros(others) >>> 3);
      }
      i += Long.BYTES;
    }
  }
}
