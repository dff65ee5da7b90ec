package io.warmfold.report;

import io.warmfold.space.Parameter;
import io.warmfold.space.Scaling;
import io.warmfold.study.ParameterRanges;
import io.warmfold.study.StudyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The tuned parameters of a document, in its order. */
final class TunedParameters {

  private TunedParameters() {}

  static List<Parameter> of(StudyDocument document) {
    ParameterRanges ranges = document.tuning().parameterRanges();
    List<Parameter> parameters = new ArrayList<>();
    for (var range : ranges.continuousParameterRanges()) {
      parameters.add(
          new Parameter.Continuous(
              range.name(), range.min(), range.max(), Scaling.named(range.scalingType().label())));
    }
    for (var range : ranges.integerParameterRanges()) {
      parameters.add(
          new Parameter.Integral(
              range.name(),
              (long) range.min(),
              (long) range.max(),
              Scaling.named(range.scalingType().label())));
    }
    for (var range : ranges.categoricalParameterRanges()) {
      parameters.add(new Parameter.Categorical(range.name(), range.values()));
    }
    return parameters;
  }

  /** Where a value lies in its range, from 0 to 1 on its scale; empty if it does not. */
  static OptionalDouble place(Parameter parameter, String value) {
    if (value == null || !parameter.contains(value)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.clamp(parameter.encode(value), 0, 1));
  }
}
