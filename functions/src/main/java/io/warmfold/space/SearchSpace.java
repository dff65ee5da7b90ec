package io.warmfold.space;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The parameters that are tuned, as a unit cube with one coordinate for each.
 *
 * @param parameters 1 to 30, in the order of the document, no name twice
 */
public record SearchSpace(List<Parameter> parameters) {

  /** AMT's limit of tuned parameters in one study. */
  public static final int MAX_PARAMETERS = 30;

  public SearchSpace {
    parameters = List.copyOf(parameters);
    if (parameters.isEmpty() || parameters.size() > MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          "a search space has 1 to " + MAX_PARAMETERS + " parameters, not " + parameters.size());
    }
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(parameter.name() + ": the parameter is listed twice");
      }
    }
  }

  /** A space of these parameters. */
  public static SearchSpace of(List<Parameter> parameters) {
    return new SearchSpace(parameters);
  }

  /** How many parameters there are. */
  public int dimension() {
    return parameters.size();
  }

  /**
   * How many combinations there are, at most {@link Long#MAX_VALUE}; empty when a parameter is
   * continuous.
   */
  public OptionalLong size() {
    long size = 1;
    for (Parameter parameter : parameters) {
      if (parameter instanceof Parameter.Continuous && parameter.cardinality() > 1) {
        return OptionalLong.empty();
      }
      long high = Math.multiplyHigh(size, parameter.cardinality());
      size *= parameter.cardinality();
      if (high != 0 || size < 0) {
        size = Long.MAX_VALUE;
      }
    }
    return OptionalLong.of(size);
  }

  /**
   * The hyperparameters at a point, in the order of the parameters.
   *
   * @param unitPoint a coordinate for each parameter; outside of [0, 1] it counts as the nearer end
   */
  public Map<String, String> decode(double[] unitPoint) {
    if (unitPoint.length != dimension()) {
      throw new IllegalArgumentException("the point has another dimension than the space");
    }
    Map<String, String> values = LinkedHashMap.newLinkedHashMap(dimension());
    for (int i = 0; i < dimension(); i++) {
      Parameter parameter = parameters.get(i);
      values.put(parameter.name(), parameter.decode(unitPoint[i]));
    }
    return Collections.unmodifiableMap(values);
  }

  /**
   * The point of a combination; names that the space does not have are passed over.
   *
   * @throws IllegalArgumentException when a parameter is missing, or its value is no number or no
   *     known category
   */
  public double[] encode(Map<String, String> hyperParameters) {
    double[] point = new double[dimension()];
    for (int i = 0; i < point.length; i++) {
      point[i] = parameters.get(i).encode(required(hyperParameters, parameters.get(i).name()));
    }
    return point;
  }

  /** Whether every parameter has a value within its range. */
  public boolean contains(Map<String, String> hyperParameters) {
    for (Parameter parameter : parameters) {
      String value = hyperParameters.get(parameter.name());
      if (value == null || !parameter.contains(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same combination written as {@link #decode} writes it, so that equal combinations are equal
   * maps; values outside of their range stay as they are.
   *
   * @throws IllegalArgumentException when a parameter is missing
   */
  public Map<String, String> canonical(Map<String, String> hyperParameters) {
    Map<String, String> values = LinkedHashMap.newLinkedHashMap(dimension());
    for (Parameter parameter : parameters) {
      values.put(
          parameter.name(), parameter.canonical(required(hyperParameters, parameter.name())));
    }
    return Collections.unmodifiableMap(values);
  }

  private static String required(Map<String, String> hyperParameters, String name) {
    String value = hyperParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": the hyperparameter is missing");
    }
    return value;
  }
}
