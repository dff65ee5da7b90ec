package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CausesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "States.Runtime,'','States.Runtime'",
        "States.Runtime,no such field,'States.Runtime: no such field'",
        "io.warmfold.study.GiveUpException,'{\"errorMessage\":\"Too many.\"}','Too many.'",
        "io.warmfold.study.GiveUpException,'',io.warmfold.study.GiveUpException",
        "Sandbox.Timedout,'{\"errorMessage\":\"late\"}','Sandbox.Timedout: late'",
        "Broken,'{\"errorMessage','Broken: {\"errorMessage'"
      })
  void anErrorIsToldWithItsCauseIfThereIsOne(String error, String cause, String told) {
    assertThat(Causes.told(error, cause)).isEqualTo(told);
  }
}
