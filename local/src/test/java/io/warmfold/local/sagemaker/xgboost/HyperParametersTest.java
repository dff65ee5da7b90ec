package io.warmfold.local.sagemaker.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperParametersTest {

  @Test
  void handsXgboostWhatIsItsOwn() throws UserError {
    HyperParameters checked =
        HyperParameters.check(
            Map.of(
                "num_round", "7",
                "learning_rate", "0.2",
                "eval_metric", "mae,rmse",
                "early_stopping_rounds", "3",
                "csv_weights", "1"));
    assertThat(checked.rounds()).isEqualTo(7);
    assertThat(checked.booster()).isEqualTo(Map.of("eta", "0.2"));
    assertThat(checked.evalMetrics()).containsExactly("mae", "rmse");
    assertThat(checked.earlyStopping()).contains(3);
    assertThat(checked.weights()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zeta|1|Extraneous hyperparameter found: zeta",
        "num_round|0|Hyperparameter num_round: 0 is not in [1, +inf)",
        "num_round|3.5|Hyperparameter num_round: could not parse value",
        "subsample|0|Hyperparameter subsample: 0 is not in (0, 1]",
        "tweedie_variance_power|2|is not in (1, 2)",
        "booster|forest|Hyperparameter booster: forest is not in ['gbtree', 'gblinear', 'dart']",
        "objective|multi:softmax|Require input for parameter 'num_class'",
        "eval_metric|auc|Metric 'auc' can only be applied",
        "eval_metric|logloss@0.5|Metric 'logloss@0.5' is not supported.",
        "eval_metric|error@x|Threshold value 't' in 'error@t' expects float input.",
        "eval_metric|speed|Hyperparameter eval_metric: value speed not in range",
        "monotone_constraints|(1,0)|monotone_constraints can be used only when",
      })
  void refusesInTheImagesWords(String name, String value, String message) {
    Map<String, String> all = new HashMap<>(Map.of("num_round", "3"));
    all.put(name, value);
    assertThatThrownBy(() -> HyperParameters.check(all))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void needsTheNumberOfRounds() {
    assertThatThrownBy(() -> HyperParameters.check(Map.of("eta", "0.1")))
        .hasMessage("Missing required hyperparameter: num_round");
  }
}
