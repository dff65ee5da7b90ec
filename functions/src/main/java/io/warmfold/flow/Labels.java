package io.warmfold.flow;

import io.warmfold.fold.LabelRule;
import io.warmfold.study.StudyDocument;
import java.util.Map;
import java.util.Optional;

/**
 * What the objective of the built-in XGBoost asks of labels; it would fail the first training
 * otherwise, or learn from classes that are none. The objectives of ranking and survival have rules
 * that are not about a single label.
 */
final class Labels {

  private Labels() {}

  static Optional<LabelRule> of(StudyDocument document) {
    if (!document.usesBuiltInXgboost() || !document.data().shards().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> values = document.training().staticHyperParameters();
    String objective = values.getOrDefault("objective", "");
    String why = "the objective " + objective + " wants it";
    return switch (objective) {
      case "binary:logistic", "binary:logitraw", "binary:hinge" ->
          Optional.of(LabelRule.classes(2, why));
      case "multi:softmax", "multi:softprob" ->
          Optional.of(
              LabelRule.classes(
                  Integer.parseInt(values.get("num_class")),
                  "num_class is " + values.get("num_class")));
      case "reg:logistic" -> Optional.of(LabelRule.share(why));
      case "count:poisson", "reg:tweedie" -> Optional.of(LabelRule.atLeast(0, why));
      case "reg:gamma" -> Optional.of(LabelRule.above(0, why));
      case "reg:squaredlogerror" -> Optional.of(LabelRule.above(-1, why));
      default -> Optional.empty();
    };
  }
}
