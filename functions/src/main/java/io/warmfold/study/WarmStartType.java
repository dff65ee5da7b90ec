package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** How far an earlier study is believed, in the names of Automatic Model Tuning. */
public enum WarmStartType implements Named {
  /** Its scores are scores of this study's objective on the same data. */
  IDENTICAL_DATA_AND_ALGORITHM(
      "IdenticalDataAndAlgorithm",
      "the same data and image, so its scores are worth as much as the study's own."),
  /** Its scores may lie on another level and spread, and need not rank the same. */
  TRANSFER_LEARNING(
      "TransferLearning",
      "other data or another image; its scores count as far as they turn out to agree.");

  static final List<WarmStartType> ALL = List.of(values());

  private final String label;
  private final String meaning;

  WarmStartType(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * The type of a name in a study document.
   *
   * @throws IllegalArgumentException when there is no such type
   */
  public static WarmStartType named(String label) {
    return ALL.stream()
        .filter(type -> type.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no WarmStartType: " + label));
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
