package io.warmfold.fold;

import com.fasterxml.jackson.annotation.JsonValue;

/** How rows become shards, in the names of scikit-learn where it has one. */
public enum Splitter {
  /** Rows at random; the sizes of the shards differ by at most one. */
  KFOLD("KFold", false, true),
  /** Like {@link #KFOLD}, and the counts of every class differ by at most one, too. */
  STRATIFIED_KFOLD("StratifiedKFold", true, true),
  /** The user's own shards, in any format: nothing is read or written but the manifests. */
  PREDEFINED("Predefined", false, false);

  private final String label;
  private final boolean stratifies;
  private final boolean writesShards;

  Splitter(String label, boolean stratifies, boolean writesShards) {
    this.label = label;
    this.stratifies = stratifies;
    this.writesShards = writesShards;
  }

  /** The name in the study document. */
  @JsonValue
  public String label() {
    return label;
  }

  /** Whether each class is dealt by itself. */
  boolean stratifies() {
    return stratifies;
  }

  /** Whether shards are written at all. */
  boolean writesShards() {
    return writesShards;
  }
}
