package io.warmfold.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 s",
        "59 | 59 s",
        "60 | 1 min",
        "61 | 1 min 1 s",
        "3600 | 1 h",
        "5130 | 1 h 25 min",
        "90000 | 1 d 1 h",
        "-3 | 0 s"
      })
  void durationsHaveTwoUnits(long seconds, String words) {
    assertThat(Words.duration(seconds)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2.1123456 | 0.0312 | 2.112 ± 0.031",
        "123456.7 | 345.6 | 123457 ± 346",
        "1.5 | 0 | 1.5",
        "1e-30 | 2e-31 | 1e-30 ± 2e-31",
        "-0.25 | 0.1 | -0.25 ± 0.10"
      })
  void scoresAreAsExactAsTheirErrors(double score, double error, String words) {
    assertThat(Words.score(score, OptionalDouble.of(error))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.1, 0.1", "123456789, 123457000", "0.000001234, 1.234e-6", "1e300, 1e300"})
  void scoresHaveSixDigits(double score, String words) {
    assertThat(Words.score(score)).isEqualTo(words);
  }

  @Test
  void cutsNoCharacterInTwo() {
    assertThat(Words.shortened("ab😀cd", 4)).isEqualTo("ab…");
    assertThat(Words.shortened("abc", 1)).isEqualTo("…");
  }
}
