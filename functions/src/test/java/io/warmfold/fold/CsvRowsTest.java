package io.warmfold.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing, case by case. In the tables N stands for LF, R for CR, Q for a quote, B for a BOM. */
class CsvRowsTest {

  private static final String URI = "s3://data/rows.csv";

  private static String spelt(String text) {
    return text.replace('N', '\n').replace('R', '\r').replace('Q', '"').replace("B", "\uFEFF");
  }

  private static Columns columns(int count, int label, boolean numeric) {
    return new Columns(count, List.of(), label, URI, numeric);
  }

  /** Reads with connections that give a few bytes at a time, which must make no difference. */
  private static String read(String csv, Columns columns, int mostAtOnce) throws IOException {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            return super.read(to, offset, Math.min(length, mostAtOnce));
          }
        };
    StringBuilder out = new StringBuilder();
    byte[] row = new byte[1 << 16];
    StoredObject object = new StoredObject("data", "rows.csv", mostAtOnce, "\"e\"");
    try (CsvRows rows = new CsvRows(in, object, columns)) {
      while (rows.next()) {
        int end = rows.copyTo(row, 0);
        assertThat(rows.length()).isEqualTo(end);
        out.append(new String(row, 0, end, StandardCharsets.UTF_8));
      }
    }
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b,cNd,e,fN       | 0 | 3 | a,b,cNd,e,fN",
        "a,b,cNd,e,fN       | 1 | 3 | b,a,cNe,d,fN",
        "a,b,cNd,e,fN       | 2 | 3 | c,a,bNf,d,eN",
        "a,b,cNd,e,f        | 2 | 3 | c,a,bNf,d,eN",
        "a,bRNc,dRN         | 1 | 2 | b,aNd,cN",
        "a,bRNc,dR          | 1 | 2 | b,aNd,cN",
        "a,bNc,dNNN         | 1 | 2 | b,aNd,cN",
        "a,bRNRNRN          | 1 | 2 | b,aN",
        "a,bRNc,dN          | 1 | 2 | b,aNd,cN",
        "Ba,bN              | 1 | 2 | b,aN",
        "BQaQ,bN            | 0 | 2 | a,bN",
        "QaQ,QbQN           | 1 | 2 | b,aN",
        "Qa,xQ,QbQN         | 1 | 2 | b,Qa,xQN",
        "Qa,xQ,bN           | 0 | 2 | Qa,xQ,bN",
        "QaQQxQ,bN          | 0 | 2 | QaQQxQ,bN",
        "QaNxQ,bNc,dN       | 1 | 2 | b,QaNxQNd,cN",
        "QaRNxQ,bRNc,dRN    | 1 | 2 | b,QaRNxQNd,cN",
        "QQ,bN              | 1 | 2 | b,N",
        ",bN,cN             | 1 | 2 | b,Nc,N",
        "a,,N               | 0 | 3 | a,,N",
        "a,,                | 0 | 3 | a,,N",
        "a,QbQ              | 0 | 2 | a,bN",
        "a,QQQQN            | 0 | 2 | a,QQQQN",
        "ü,é,日本N           | 1 | 3 | é,ü,日本N",
        "a b, cNx, yNN      | 1 | 2 | ' c,a bN y,xN'",
        "NNN                | 0 | 2 | ''",
      })
  void labelFirstAndMinimallyQuoted(String csv, int label, int count, String expected)
      throws IOException {
    for (int most : new int[] {1, 2, 3, 7, 1000}) {
      assertThat(read(spelt(csv), columns(count, label, false), most)).isEqualTo(spelt(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "7",
        "12",
        "-1",
        "+1",
        "1.5",
        "1.",
        ".5",
        "-.5",
        "1e5",
        "1E-5",
        "1.5e+10",
        " 1",
        "1 ",
        "\t1\t",
        "",
        "nan",
        "NaN",
        "-NAN",
        "00012",
        "12345678",
        "-123456789012345678.12345678901234567",
        "\"1.5\"",
        "\"\""
      })
  void numbersForXgboost(String feature) throws IOException {
    String bare = feature.replace("\"", "");
    for (int most : new int[] {1, 2, 1000}) {
      assertThat(read("1," + feature + ",2\n", columns(3, 0, true), most))
          .isEqualTo("1," + bare + ",2\n");
      assertThat(read("1,2," + feature, columns(3, 0, true), most)).isEqualTo("1,2," + bare + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "-",
        "+",
        ".",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "0x10",
        "1f",
        "1d",
        "inf",
        "-Infinity",
        "na",
        "NA",
        "nano",
        "null",
        "?",
        " ",
        "1 2",
        "--1",
        "1_000",
        "\"1,000\"",
        "\"x\"",
        "é"
      })
  void noNumbersForXgboost(String feature) {
    for (int most : new int[] {1, 2, 1000}) {
      assertThatExceptionOfType(DataProblem.class)
          .isThrownBy(() -> read("1,2,3\n1," + feature + ",2\n", columns(3, 0, true), most))
          .satisfies(
              problem -> {
                assertThat(problem.object()).isEqualTo(URI);
                assertThat(problem.line()).hasValue(2);
                assertThat(problem.found()).contains("in column 1");
                assertThat(problem.expected()).startsWith("a number, or nothing");
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,bNcN            | 2 | 1 field;            | 2, as in the first line",
        "a,bNc,d,eN        | 2 | 3 fields;           | 2, as in the first line",
        "a,bNNc,dN         | 2 | an empty line       | at the end only",
        "a,bNc,QdN         | 2 | never closed        | a closing quote",
        "Qa,NNQ,bNc,Qd     | 4 | never closed        | a closing quote",
        "a,bNc,QdQeN       | 2 | behind a closing    | doubled",
        "a,bNcQd,eN        | 2 | a quote inside      | quotes around",
        "a,bRc,dN          | 1 | a carriage return   | LF or CRLF",
        "QaNxQ,bRc,dN      | 2 | a carriage return   | LF or CRLF",
        "a,bN,dN           | 2 | no label            | a value there",
        "a,bNQQ,dN         | 2 | no label            | a value there",
        "a,bN  ,dN         | 2 | no label            | a value there",
        "QaNNxQ,bNcN       | 4 | 1 field;            | 2, as in",
      })
  void refusedAtItsLine(String csv, int line, String found, String expected) {
    for (int most : new int[] {1, 2, 5, 1000}) {
      assertThatExceptionOfType(DataProblem.class)
          .isThrownBy(() -> read(spelt(csv), columns(2, 0, false), most))
          .withMessageStartingWith(URI + ", line " + line + ": found ")
          .withMessageContaining(found)
          .withMessageContaining(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"nan", "inf", "''", "x"})
  void aLabelIsAFiniteNumber(String label) {
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(() -> read("1,2\n3," + label + "\n", columns(2, 1, true), 1000))
        .withMessageContaining("line 2")
        .withMessageContaining("column 1");
  }

  @ParameterizedTest
  @CsvSource({"1f8b0800, gzip", "504b0304, zip", "50415231, Parquet", "fffe3100, UTF-16"})
  void otherFormatsAreCalledByTheirName(String start, String name) {
    byte[] bytes = java.util.HexFormat.of().parseHex(start);
    StoredObject object = new StoredObject("data", "rows.csv", 4, "\"e\"");
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(
            () -> {
              try (var rows =
                  new CsvRows(new ByteArrayInputStream(bytes), object, columns(2, 0, false))) {
                rows.next();
              }
            })
        .withMessageContaining(name);
  }

  /** Whatever is written by the rules of RFC 4180 comes out again, however it was quoted. */
  @Property(tries = 300)
  void quotesMakeNoDifference(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 6) int count,
      @ForAll @IntRange(max = 30) int rows,
      @ForAll @IntRange(min = 1, max = 60) int mostAtOnce)
      throws IOException {
    Random random = new Random(seed);
    int label = random.nextInt(count);
    StringBuilder csv = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      List<String> wanted = new ArrayList<>();
      for (int f = 0; f < count; f++) {
        String value = value(random, f == label);
        boolean needed = value.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        String quoted = '"' + value.replace("\"", "\"\"") + '"';
        csv.append(f == 0 ? "" : ",").append(needed || random.nextInt(5) == 0 ? quoted : value);
        wanted.add(f == label ? 0 : wanted.size(), needed ? quoted : value);
      }
      csv.append(random.nextBoolean() ? "\n" : "\r\n");
      expected.append(String.join(",", wanted)).append('\n');
    }
    assertThat(read(csv.toString(), columns(count, label, false), mostAtOnce))
        .isEqualTo(expected.toString());
  }

  private static String value(Random random, boolean isLabel) {
    String letters = random.nextInt(4) == 0 ? "a,\"\r\né " : "abc1.é";
    StringBuilder value = new StringBuilder(isLabel ? "L" : "");
    for (int i = random.nextInt(6); i > 0; i--) {
      value.append(letters.charAt(random.nextInt(letters.length())));
    }
    return value.toString();
  }
}
