package io.warmfold.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.fold.LabelRule;
import io.warmfold.study.StudyDocument;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What XGBoost 1.7 and 3.0 refuse in their objectives' gradients. */
class LabelsTest {

  private static Optional<String> expected(String objective) {
    var json = TestStudy.document();
    json.withObject("/TrainingJobDefinition/StaticHyperParameters").put("objective", objective);
    return Labels.of(StudyDocument.require(json)).map(LabelRule::expected);
  }

  @Test
  void zeroIsRefusedWhereTheObjectiveRefusesIt() {
    assertThat(expected("reg:gamma"))
        .contains("a number above 0, as the objective reg:gamma wants it");
    assertThat(expected("reg:squaredlogerror"))
        .contains("a number above -1, as the objective reg:squaredlogerror wants it");
    assertThat(expected("reg:tweedie"))
        .contains("a number of at least 0, as the objective reg:tweedie wants it");
    assertThat(expected("reg:squarederror")).isEmpty();
  }
}
