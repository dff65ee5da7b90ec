package io.warmfold.fold;

import java.util.Objects;
import java.util.Optional;

/**
 * What to split, and how. The same request gives the same shards, byte for byte, as long as the
 * objects stay the same.
 *
 * @param bucket where shards and manifests go
 * @param prefix the folder in it, ending with a slash
 * @param data what is split
 * @param folds K, from 2 to 100
 * @param splitter how
 * @param seed of the shuffle
 * @param numeric whether every field has to be a number, as the built-in XGBoost image wants it; an
 *     empty or NaN feature is a missing value
 * @param labels what labels have to be besides, if they are numbers
 */
public record SplitRequest(
    String bucket,
    String prefix,
    DataSpec data,
    int folds,
    Splitter splitter,
    long seed,
    boolean numeric,
    Optional<LabelRule> labels) {

  public SplitRequest {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(splitter, "splitter");
    Objects.requireNonNull(labels, "labels");
    if (labels.isPresent() && !numeric) {
      throw new IllegalArgumentException("a rule for labels that need not be numbers");
    }
    if (bucket.isEmpty() || !prefix.endsWith("/") || prefix.startsWith("/")) {
      throw new IllegalArgumentException(
          "the prefix ends with a slash, and starts with none: '" + prefix + "'");
    }
    if (folds < 2 || folds > 100) {
      throw new IllegalArgumentException(folds + " folds");
    }
  }

  /** Where everything of this split lies. */
  public FoldLayout layout() {
    return new FoldLayout(bucket, prefix);
  }
}
