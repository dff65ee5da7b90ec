package io.warmfold.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbandonStudyHandlerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"errorMessage\":\"line 8: 2 fields\",\"errorType\":\"x.FixInput\"} | line 8: 2 fields",
        "{\"errorType\":\"x\"} | {\"errorType\":\"x\"}",
        "{not JSON | {not JSON",
        "The job failed. | The job failed."
      })
  void peopleReadTheMessageOfAFunctionWithoutItsWrapping(String cause, String message) {
    assertThat(AbandonStudyHandler.message(cause)).isEqualTo(message);
  }
}
