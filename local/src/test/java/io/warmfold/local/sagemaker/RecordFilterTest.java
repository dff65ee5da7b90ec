package io.warmfold.local.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFilterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "$ a,b,c,d",
        "$[1:] b,c,d",
        "$[0] a",
        "$[-1] d",
        "$[1:-1] b,c",
        "$[0,-1] a,d",
        "$[:2] a,b",
        "$[2,0] c,a",
        "$[3:9] d"
      })
  void choosesColumns(String filter, String expected) {
    assertThat(RecordFilter.parse(filter).apply("a,b,c,d")).isEqualTo(expected);
  }

  @Test
  void keepsQuotedColumnsWhole() {
    assertThat(RecordFilter.parse("$[1:]").apply("1,\"a,b\",2")).isEqualTo("\"a,b\",2");
  }

  @Test
  void namesWhatItDoesNotServe() {
    assertThatThrownBy(() -> RecordFilter.parse("$.features[*]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$.features[*]");
  }
}
