package io.warmfold.study;

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

  /**
   * A numeric range, both ends included.
   *
   * @param minValue the smaller end as the document writes it
   * @param maxValue the larger end as the document writes it
   */
  public record Numeric(String name, String minValue, String maxValue, ScalingType scalingType) {

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
