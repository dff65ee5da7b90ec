package io.warmfold.fold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The user's own shards: listed and checked, but neither read nor copied. Not safe for use by
 * several threads.
 */
final class PredefinedFolds {

  /** How deep the XGBoost image looks for files below its channel. */
  private static final int DEEPEST_FOLDER = 3;

  private final ObjectStore store;
  private final SplitRequest request;

  PredefinedFolds(ObjectStore store, SplitRequest request) {
    this.store = store;
    this.request = request;
  }

  /** Lists the shards. */
  SplitPlan plan() throws IOException {
    List<S3Location> locations = locations();
    if (locations.size() != request.folds()) {
      throw DataProblem.of(
          data(),
          locations.size() + (locations.size() == 1 ? " shard" : " shards"),
          "as many as folds, " + request.folds());
    }
    Listing listing = new Listing(store);
    List<List<StoredObject>> shards = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (S3Location location : locations) {
      if (!location.bucket().equals(locations.getFirst().bucket())) {
        throw DataProblem.of(
            location.toString(),
            "another bucket than that of " + locations.getFirst(),
            "all shards in one bucket, since a manifest has only one");
      }
      List<StoredObject> objects = listing.of(location).objects();
      for (StoredObject object : objects) {
        check(object, location);
        if (!keys.add(object.key())) {
          throw DataProblem.of(object.uri(), "the object in two shards", "each object in one");
        }
      }
      shards.add(objects);
    }
    checkDepth(shards);
    return new SplitPlan(null, List.of(), shards);
  }

  private String data() {
    return request.data().locations().getFirst().toString();
  }

  /** As given, or the subfolders of the only one. */
  private List<S3Location> locations() throws IOException {
    List<S3Location> given = request.data().locations();
    if (given.size() > 1) {
      return given;
    }
    S3Location only = given.getFirst();
    String folder = only.folder();
    Set<String> subfolders = new TreeSet<>();
    for (StoredObject object : store.list(only.bucket(), folder)) {
      int slash = object.key().indexOf('/', folder.length());
      if (object.size() > 0 && slash > 0) {
        subfolders.add(object.key().substring(0, slash + 1));
      }
    }
    return subfolders.stream().map(key -> new S3Location(only.bucket(), key)).toList();
  }

  private static void check(StoredObject object, S3Location location) {
    if (object.key().equals(location.key())) {
      return;
    }
    String below = object.key().substring(location.folder().length());
    if (Listing.hidden(object.key(), location.folder())) {
      throw DataProblem.of(
          object.uri(),
          "a hidden object in a shard",
          "names that start with no dot or underscore, which training images pass over");
    }
    if (below.indexOf('/') != below.lastIndexOf('/')) {
      throw DataProblem.of(
          object.uri(),
          "an object more than one folder below its shard " + location,
          "objects in the shard's folder, or one folder below it");
    }
  }

  private void checkDepth(List<List<StoredObject>> shards) {
    String folder = commonFolder(shards);
    for (StoredObject object : shards.stream().flatMap(List::stream).toList()) {
      String below = object.key().substring(folder.length());
      if (Listing.hidden(object.key(), folder)
          || below.chars().filter(c -> c == '/').count() > DEEPEST_FOLDER) {
        throw DataProblem.of(
            object.uri(),
            "a place below s3://"
                + object.bucket()
                + "/"
                + folder
                + ", which all shards share, that"
                + " training images do not look at",
            "at most " + DEEPEST_FOLDER + " folders between, and none that is hidden");
      }
    }
  }

  /** Writes the manifests. */
  SealedFolds seal(SplitPlan plan) throws IOException {
    List<List<StoredObject>> shards = plan.shards();
    String bucket = shards.getFirst().getFirst().bucket();
    Manifests.write(
        store,
        request.layout(),
        bucket,
        commonFolder(shards),
        shards.stream().map(objects -> objects.stream().map(StoredObject::key).toList()).toList());
    MessageDigest all = ObjectWriter.sha256();
    List<SealedFolds.Shard> sums = new ArrayList<>();
    for (List<StoredObject> objects : shards) {
      String digest = digest(objects);
      all.update(digest.getBytes(StandardCharsets.US_ASCII));
      sums.add(new SealedFolds.Shard(null, bytes(objects), objects.size(), digest, null));
    }
    SealedFolds sealed =
        new SealedFolds(
            request.splitter(),
            request.folds(),
            request.seed(),
            null,
            null,
            sums.stream().mapToLong(SealedFolds.Shard::bytes).sum(),
            null,
            null,
            sums,
            HexFormat.of().formatHex(all.digest()));
    FoldJson.write(store, request.bucket(), request.layout().sealedKey(), sealed);
    return sealed;
  }

  private static long bytes(List<StoredObject> objects) {
    return objects.stream().mapToLong(StoredObject::size).sum();
  }

  private static String digest(List<StoredObject> objects) {
    MessageDigest digest = ObjectWriter.sha256();
    for (StoredObject object : objects) {
      digest.update(object.etag().getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The longest folder that all keys lie in. */
  private static String commonFolder(List<List<StoredObject>> shards) {
    List<String> keys = shards.stream().flatMap(List::stream).map(StoredObject::key).toList();
    String common = keys.getFirst();
    for (String key : keys) {
      int same = 0;
      while (same < Math.min(common.length(), key.length())
          && common.charAt(same) == key.charAt(same)) {
        same++;
      }
      common = common.substring(0, same);
    }
    return common.substring(0, common.lastIndexOf('/') + 1);
  }
}
