package io.warmfold.fold;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What the first bytes of an object tell: a mark to pass over, or that it is no text in UTF-8. */
final class FirstBytes {

  /** How many bytes have to be there, if the object has so many. */
  static final int LONGEST = 4;

  private static final byte[] UTF_8_MARK = HexFormat.of().parseHex("efbbbf");

  /**
   * A format that is taken for CSV now and then.
   *
   * @param start its first bytes, in hexadecimal digits
   * @param name for messages
   */
  private record Foreign(String start, String name) {}

  private static final List<Foreign> FOREIGN =
      List.of(
          new Foreign("1f8b", "a gzip file"),
          new Foreign("504b0304", "a zip file"),
          new Foreign("28b52ffd", "a Zstandard file"),
          new Foreign("50415231", "a Parquet file"),
          new Foreign("fffe", "text in UTF-16"),
          new Foreign("feff", "text in UTF-16"));

  private FirstBytes() {}

  /**
   * The index of the first byte of the text.
   *
   * @throws DataProblem if it is another format
   */
  static int check(byte[] bytes, int limit, String object) {
    for (Foreign foreign : FOREIGN) {
      if (startsWith(bytes, limit, HexFormat.of().parseHex(foreign.start()))) {
        throw DataProblem.of(object, foreign.name(), "CSV in UTF-8 that is not compressed");
      }
    }
    return startsWith(bytes, limit, UTF_8_MARK) ? UTF_8_MARK.length : 0;
  }

  private static boolean startsWith(byte[] bytes, int limit, byte[] start) {
    return limit >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
