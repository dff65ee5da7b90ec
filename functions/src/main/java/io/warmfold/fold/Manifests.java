package io.warmfold.fold;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the manifests of all folds in the form of SageMaker's {@code ManifestFile}. */
final class Manifests {

  private Manifests() {}

  /**
   * @param bucket of the shards
   * @param folder that all keys start with, and end after the last slash they share
   * @param shards the keys of each shard
   */
  static void write(
      ObjectStore store, FoldLayout layout, String bucket, String folder, List<List<String>> shards)
      throws IOException {
    for (int fold = 0; fold < shards.size(); fold++) {
      List<List<String>> train = new ArrayList<>(shards);
      List<String> validation = train.remove(fold);
      write(store, layout, layout.trainManifestKey(fold), bucket, folder, train);
      write(store, layout, layout.validationManifestKey(fold), bucket, folder, List.of(validation));
    }
    write(store, layout, layout.allManifestKey(), bucket, folder, shards);
  }

  private static void write(
      ObjectStore store,
      FoldLayout layout,
      String key,
      String bucket,
      String folder,
      List<List<String>> shards)
      throws IOException {
    List<Object> manifest = new ArrayList<>();
    manifest.add(new Prefix("s3://" + bucket + "/" + folder));
    for (List<String> shard : shards) {
      for (String file : shard) {
        manifest.add(file.substring(folder.length()));
      }
    }
    FoldJson.write(store, layout.bucket(), key, manifest);
  }

  private record Prefix(String prefix) {}
}
