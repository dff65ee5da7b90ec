package io.warmfold.local.sagemaker.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonNumbersTest {

  /** What Python 3 prints for {@code str(float(text))}. */
  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "-2.50, -2.5",
    "1e-4, 0.0001",
    "0.00001234, 1.234e-05",
    "1e15, 1000000000000000.0",
    "123456789012345680, 1.2345678901234568e+17",
    "1e16, 1e+16",
    "0, 0.0",
    "-0.0, -0.0",
    "1e-200, 1e-200",
    "0.1, 0.1"
  })
  void writesAsPythonDoes(String number, String expected) {
    assertThat(PythonNumbers.show(Double.parseDouble(number))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.10000000149011612", "0.5, 0.5", "NaN, nan"})
  void widensAsNumpyDoes(String number, String expected) {
    assertThat(PythonNumbers.show(Float.parseFloat(number))).isEqualTo(expected);
  }
}
