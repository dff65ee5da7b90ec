package io.warmfold.study;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the data, the splitter and the folds ask of each other. */
final class DataRules {

  private static final String CSV = "text/csv";

  private DataRules() {}

  static void check(Draft draft) {
    if (draft.written(Draft.SHARDS)) {
      checkShards(draft);
    } else {
      checkRows(draft);
    }
    checkSplitter(draft);
    draft
        .whole(Draft.FOLDS)
        .ifPresent(
            folds -> {
              var parallel = draft.whole("/CrossValidation/ParallelFolds");
              if (parallel.isPresent() && parallel.getAsInt() > folds) {
                draft.problem("/CrossValidation/ParallelFolds", "at most Folds, which is " + folds);
              }
            });
    if (draft.text("/CrossValidation/Race/Type").filter(RaceType.NONE.label()::equals).isPresent()
        && draft.has("/CrossValidation/Race/Alpha")) {
      draft.problem("/CrossValidation/Race/Alpha", "no Alpha without a race");
    }
  }

  private static void checkRows(Draft draft) {
    if (!draft.written("/Data/S3Uri") && !draft.unsure("/Data/S3Uri")) {
      draft.problem("/Data/S3Uri", "s3://bucket/key of the rows, or Shards for folds of your own");
    }
    if (draft.text("/Data/ContentType").filter(type -> !type.equals(CSV)).isPresent()) {
      draft.problem(
          "/Data/ContentType",
          "\"text/csv\", the only type that can be split into folds; others need /Data/Shards");
    }
    if (draft.at("/Data/LabelColumn").isTextual()
        && !draft.unsure("/Data/HasHeader")
        && !draft.flag("/Data/HasHeader")) {
      draft.problem(
          "/Data/LabelColumn", "a zero-based index, as there is no header; or HasHeader true");
    }
  }

  private static void checkShards(Draft draft) {
    for (var field : List.of("S3Uri", "LabelColumn")) {
      if (draft.has("/Data/" + field)) {
        draft.problem(
            "/Data/" + field, "no " + field + " beside Shards, which are used as they are");
      }
    }
    if (draft.flag("/Data/HasHeader")) {
      draft.problem("/Data/HasHeader", "false: Shards are used as they are, header and all");
    }
    var types = BuiltInXgboost.CONTENT_TYPES;
    if (draft.builtIn()
        && draft.text("/Data/ContentType").filter(t -> !types.contains(t)).isPresent()) {
      draft.problem(
          "/Data/ContentType", "a type that the image reads: " + String.join(", ", types));
    }
    checkPrefixes(draft);
    var shards = draft.items(Draft.SHARDS).size();
    var folds = draft.whole(Draft.FOLDS);
    if (!draft.unsure(Draft.SHARDS) && folds.isPresent() && folds.getAsInt() != shards) {
      draft.problem(Draft.FOLDS, shards + ", the number of Shards, or nothing");
    }
  }

  private static void checkPrefixes(Draft draft) {
    Set<String> buckets = new HashSet<>();
    var seen = new HashMap<String, String>();
    for (var pointer : draft.items(Draft.SHARDS)) {
      var shard = draft.text(pointer).orElse(null);
      if (shard == null) {
        continue;
      }
      var bucket = shard.split("/", 4)[2];
      if (!shard.endsWith("/")) {
        draft.problem(pointer, "a prefix that ends in a slash");
      } else if (!buckets.isEmpty() && !buckets.contains(bucket)) {
        draft.problem(pointer, "a prefix in the same bucket as the others");
      } else {
        seen.forEach(
            (other, place) -> {
              if (shard.startsWith(other) || other.startsWith(shard)) {
                draft.problem(pointer, "a prefix that shares no object with that of " + place);
              }
            });
        buckets.add(bucket);
        seen.putIfAbsent(shard, pointer);
      }
    }
  }

  private static void checkSplitter(Draft draft) {
    var splitter = draft.text(Draft.SPLITTER).orElse(null);
    if (splitter == null) {
      return;
    }
    var predefined = splitter.equals(SplitterType.PREDEFINED.label());
    if (predefined && !draft.written(Draft.SHARDS)) {
      draft.problem(
          Draft.SPLITTER, "a splitter that makes the folds, or /Data/Shards for Predefined");
    }
    if (!predefined && draft.written(Draft.SHARDS)) {
      draft.problem(Draft.SPLITTER, "\"Predefined\" or nothing, as /Data/Shards are the folds");
    }
    var objective = draft.text(Draft.STATIC + "/objective");
    if (splitter.equals(SplitterType.STRATIFIED_KFOLD.label())
        && draft.builtIn()
        && objective.filter(one -> !BuiltInXgboost.isClassification(one)).isPresent()) {
      draft.problem(
          Draft.SPLITTER,
          "\"KFold\": the objective " + objective.get() + " has no classes to stratify by");
    }
  }
}
