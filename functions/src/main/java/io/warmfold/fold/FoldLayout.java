package io.warmfold.fold;

import java.util.Locale;

/**
 * The keys of a split's objects. Shards lie flat in one folder: the XGBoost image skips what is
 * nested too deep.
 *
 * @param bucket of all of them
 * @param prefix the folder, ending with a slash
 */
public record FoldLayout(String bucket, String prefix) {

  /** The URI of the manifest of the K - 1 shards that fold {@code fold} trains on. */
  public String trainManifest(int fold) {
    return uri(trainManifestKey(fold));
  }

  /** The URI of the manifest of the shard that fold {@code fold} is scored on. */
  public String validationManifest(int fold) {
    return uri(validationManifestKey(fold));
  }

  /** The URI of the manifest of all shards, for the final training. */
  public String allManifest() {
    return uri(allManifestKey());
  }

  String trainManifestKey(int fold) {
    return prefix + "manifests/fold-" + fold + "-train.manifest";
  }

  String validationManifestKey(int fold) {
    return prefix + "manifests/fold-" + fold + "-validation.manifest";
  }

  String allManifestKey() {
    return prefix + "manifests/all.manifest";
  }

  String planKey() {
    return prefix + "plan.json";
  }

  String sealedKey() {
    return prefix + "sealed.json";
  }

  String shardsFolder() {
    return prefix + "shards/";
  }

  /** The one file of a shard when there is one part. */
  String shardKey(int fold) {
    return shardsFolder() + "shard-" + fold + ".csv";
  }

  String shardKey(int fold, int part) {
    return shardsFolder() + "shard-" + fold + "-part-" + padded(part) + ".csv";
  }

  /** The rows of a shard that come from the leftovers of all parts. */
  String shardRestKey(int fold) {
    return shardsFolder() + "shard-" + fold + "-rest.csv";
  }

  String leftoversFolder() {
    return prefix + "leftovers/";
  }

  String leftoversKey(int part) {
    return leftoversFolder() + "part-" + padded(part) + ".csv";
  }

  String factsKey(int part) {
    return leftoversFolder() + "part-" + padded(part) + ".json";
  }

  private String uri(String key) {
    return "s3://" + bucket + "/" + key;
  }

  private static String padded(int part) {
    return String.format(Locale.ROOT, "%03d", part);
  }
}
