package io.warmfold.report;

import io.warmfold.space.Parameter;
import io.warmfold.study.StudyDocument;
import java.util.List;
import java.util.OptionalDouble;

/** The tuned parameters of a document, in its order. */
final class TunedParameters {

  private TunedParameters() {}

  static List<Parameter> of(StudyDocument document) {
    return document.tuning().parameterRanges().space().parameters();
  }

  /** Where a value lies in its range, from 0 to 1 on its scale; empty if it does not. */
  static OptionalDouble place(Parameter parameter, String value) {
    if (value == null || !parameter.contains(value)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.clamp(parameter.encode(value), 0, 1));
  }
}
