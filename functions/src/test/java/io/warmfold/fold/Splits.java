package io.warmfold.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs whole splits, and reads their shards back. */
final class Splits {

  static final String BUCKET = "work";
  static final String PREFIX = "studies/a/";

  private Splits() {}

  static DataSpec data(String location, boolean hasHeader, LabelColumn label) {
    return new DataSpec(List.of(S3Location.of(location)), hasHeader, label);
  }

  static SplitRequest request(
      DataSpec data, int folds, Splitter splitter, long seed, boolean numeric) {
    return new SplitRequest(BUCKET, PREFIX, data, folds, splitter, seed, numeric, Optional.empty());
  }

  /** The same objects, but a part for each. */
  static SplitPlan partEach(SplitPlan plan) {
    List<SplitPlan.Part> parts = new ArrayList<>();
    for (SplitPlan.Part part : plan.parts()) {
      for (StoredObject object : part.objects()) {
        parts.add(new SplitPlan.Part(parts.size(), object.size(), List.of(object)));
      }
    }
    return new SplitPlan(plan.columns(), parts, List.of());
  }

  static SealedFolds run(MemoryStore store, SplitRequest request) {
    Split split = new Split(store);
    return run(split, request, split.plan(request));
  }

  static SealedFolds run(Split split, SplitRequest request, SplitPlan plan) {
    for (int part = 0; part < plan.parts().size(); part++) {
      split.shard(request, plan, part);
    }
    return split.seal(request, plan);
  }

  /** The rows of each shard, as its manifest lists them. */
  static List<List<String>> shards(MemoryStore store, SplitRequest request) {
    List<List<String>> shards = new ArrayList<>();
    for (int fold = 0; fold < request.folds(); fold++) {
      shards.add(rows(store, request.layout().validationManifest(fold)));
    }
    return shards;
  }

  /** The rows of all objects of a manifest. */
  static List<String> rows(MemoryStore store, String manifestUri) {
    List<String> rows = new ArrayList<>();
    for (String uri : files(store, manifestUri)) {
      S3Location file = S3Location.of(uri);
      rows.addAll(store.text(file.bucket(), file.key()).lines().toList());
    }
    return rows;
  }

  /** The URIs of all objects of a manifest. */
  static List<String> files(MemoryStore store, String manifestUri) {
    S3Location location = S3Location.of(manifestUri);
    try {
      var json =
          new com.fasterxml.jackson.databind.ObjectMapper()
              .readTree(store.get(location.bucket(), location.key()));
      String prefix = json.get(0).get("prefix").textValue();
      List<String> files = new ArrayList<>();
      for (int i = 1; i < json.size(); i++) {
        files.add(prefix + json.get(i).textValue());
      }
      return files;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
