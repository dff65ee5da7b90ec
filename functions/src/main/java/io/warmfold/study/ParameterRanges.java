package io.warmfold.study;

import io.warmfold.space.Parameter;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/** What is tuned, in the shapes of Automatic Model Tuning: at least one parameter, at most 30. */
public record ParameterRanges(
    List<Numeric> continuousParameterRanges,
    List<Numeric> integerParameterRanges,
    List<Categorical> categoricalParameterRanges) {

  public ParameterRanges {
    continuousParameterRanges = Copies.list(continuousParameterRanges);
    integerParameterRanges = Copies.list(integerParameterRanges);
    categoricalParameterRanges = Copies.list(categoricalParameterRanges);
  }

  /** The space that they span: continuous parameters, then whole numbers, then choices. */
  public SearchSpace space() {
    var parameters = new ArrayList<Parameter>();
    for (var range : continuousParameterRanges) {
      parameters.add(
          new Parameter.Continuous(range.name(), range.min(), range.max(), range.scalingType()));
    }
    for (var range : integerParameterRanges) {
      parameters.add(
          new Parameter.Integral(
              range.name(), (long) range.min(), (long) range.max(), range.scalingType()));
    }
    for (var choice : categoricalParameterRanges) {
      parameters.add(new Parameter.Categorical(choice.name(), choice.values()));
    }
    return SearchSpace.of(parameters);
  }

  /**
   * A numeric range, both ends included.
   *
   * @param minValue the smaller end as the document writes it
   * @param maxValue the larger end as the document writes it
   */
  public record Numeric(String name, String minValue, String maxValue, Scaling scalingType) {

    public double min() {
      return Double.parseDouble(minValue);
    }

    public double max() {
      return Double.parseDouble(maxValue);
    }
  }

  /** A choice without order. */
  public record Categorical(String name, List<String> values) {
    public Categorical {
      values = Copies.list(values);
    }
  }
}
