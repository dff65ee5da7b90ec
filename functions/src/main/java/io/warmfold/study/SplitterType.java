package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** How rows become folds, in the names of scikit-learn where it has one. */
public enum SplitterType implements Named {
  KFOLD("KFold"),
  STRATIFIED_KFOLD("StratifiedKFold"),
  PREDEFINED("Predefined"),
  GROUP_KFOLD("GroupKFold"),
  TIME_SERIES_SPLIT("TimeSeriesSplit"),
  REPEATED_KFOLD("RepeatedKFold");

  /** What can be run today. The default depends on the objective: see {@link CrossValidation}. */
  public static final List<SplitterType> SUPPORTED = List.of(KFOLD, STRATIFIED_KFOLD, PREDEFINED);

  private final String label;

  SplitterType(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }
}
