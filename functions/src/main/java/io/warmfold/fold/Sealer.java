package io.warmfold.fold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ends a split: deals what the parts left over, writes the manifests and sums the facts up. Not
 * safe for use by several threads.
 */
final class Sealer {

  /** A row of the ledger holds 400 KB; the classes may take about a quarter of it. */
  private static final int MOST_CLASS_BYTES = 100_000;

  private static final int BYTES_OF_COUNT = 12;

  private final ObjectStore store;
  private final SplitRequest request;
  private final SplitPlan plan;
  private final FoldLayout layout;
  private final List<List<ShardFile>> shards = new ArrayList<>();

  /** The rows of each class by shard; null if they are not counted. */
  private Map<String, long[]> classes;

  private final Map<String, PartFacts.ClassCount> firstSeen = new HashMap<>();
  private final Map<String, Long> classRows = new HashMap<>();

  Sealer(ObjectStore store, SplitRequest request, SplitPlan plan) {
    this.store = store;
    this.request = request;
    this.plan = plan;
    this.layout = request.layout();
    this.classes = new TreeMap<>(ClassIndex.order(request.numeric()));
    for (int shard = 0; shard < request.folds(); shard++) {
      shards.add(new ArrayList<>());
    }
  }

  SealedFolds run() throws IOException {
    long rows = 0;
    List<Integer> waiting = new ArrayList<>();
    for (SplitPlan.Part part : plan.parts()) {
      PartFacts facts =
          FoldJson.read(store, layout.bucket(), layout.factsKey(part.number()), PartFacts.class);
      if (!facts.source().equals(part.digest())) {
        throw new IllegalStateException("part " + part.number() + " is of an earlier plan");
      }
      rows += facts.rows();
      facts.files().forEach(file -> shards.get(file.shard()).add(file));
      add(facts.classes());
      if (facts.leftover() > 0) {
        waiting.add(part.number());
      }
    }
    checkEnough(rows);
    if (!waiting.isEmpty()) {
      dealLeftovers(waiting);
    }
    SealedFolds sealed = sealed(rows);
    Manifests.write(
        store,
        layout,
        layout.bucket(),
        layout.shardsFolder(),
        shards.stream().map(files -> files.stream().map(ShardFile::key).toList()).toList());
    List<ShardFile> files = shards.stream().flatMap(List::stream).toList();
    FoldJson.write(store, layout.bucket(), layout.sealedKey(), new Sealed(sealed, files));
    return small(sealed);
  }

  private record Sealed(SealedFolds sealed, List<ShardFile> files) {}

  private void add(List<PartFacts.ClassCount> counts) {
    if (counts == null) {
      classes = null;
    }
    if (classes == null) {
      return;
    }
    for (PartFacts.ClassCount count : counts) {
      firstSeen.putIfAbsent(count.name(), count);
      classRows.merge(count.name(), count.rows(), Long::sum);
      long[] dealt = classes.computeIfAbsent(count.name(), name -> new long[request.folds()]);
      for (int shard = 0; shard < dealt.length; shard++) {
        dealt[shard] += count.dealt().get(shard);
      }
    }
    boolean stratifies = request.splitter().stratifies();
    if (classes.size() > (stratifies ? ClassIndex.MOST_CLASSES : ClassIndex.MOST_COUNTED)) {
      if (stratifies) {
        throw DataProblem.of(
            data(),
            classes.size() + " distinct labels",
            "at most "
                + ClassIndex.MOST_CLASSES
                + " classes to stratify by; the label looks"
                + " continuous, for which the splitter KFold would be right");
      }
      classes = null;
    }
  }

  private void checkEnough(long rows) {
    int folds = request.folds();
    if (rows < folds) {
      throw DataProblem.of(
          data(), rows + (rows == 1 ? " row" : " rows"), "at least as many as folds, " + folds);
    }
    if (!request.splitter().stratifies()) {
      return;
    }
    if (classes.size() == 1) {
      throw DataProblem.of(
          data(),
          "the label " + DataProblem.shown(classes.keySet().iterator().next()) + " in every row",
          "at least two classes to stratify by");
    }
    for (String name : classes.keySet()) {
      long members = classRows.get(name);
      if (members < folds) {
        PartFacts.ClassCount first = firstSeen.get(name);
        boolean likeHeader = members == 1 && first.line() == 1 && !request.data().hasHeader();
        throw DataProblem.at(
            first.object(),
            first.line(),
            "the label "
                + DataProblem.shown(name)
                + ", of which there "
                + (members == 1 ? "is 1 row" : "are " + members + " rows"),
            likeHeader
                ? "at least as many as folds, "
                    + folds
                    + "; the line looks like a header, and"
                    + " \"HasHeader\": true would be right then"
                : "at least as many as folds, " + folds + ", of every class");
      }
    }
  }

  private String data() {
    return request.data().locations().getFirst().toString();
  }

  private void dealLeftovers(List<Integer> parts) throws IOException {
    Map<String, StoredObject> stored = new HashMap<>();
    for (StoredObject object : store.list(layout.bucket(), layout.leftoversFolder())) {
      stored.put(object.key(), object);
    }
    boolean stratifies = request.splitter().stratifies();
    ClassIndex index = new ClassIndex(request.numeric(), stratifies);
    try (var writers =
        new ShardWriters(store, layout.bucket(), request.folds(), layout::shardRestKey)) {
      Dealer dealer =
          new Dealer(new Shuffle(request.seed()), Dealer.LEFTOVERS, request.folds(), writers);
      StratumOf strata = new StratumOf(request.splitter(), index, dealer);
      for (int part : parts) {
        StoredObject object = stored.get(layout.leftoversKey(part));
        if (object == null) {
          throw new IOException("the leftovers of part " + part + " are gone");
        }
        try (var rows =
            new CsvRows(new ResumingInput(store, object), object, plan.columns().dealt())) {
          while (rows.next()) {
            int rowClass = classes == null ? -1 : index.of(rows, object.uri());
            dealer.take(rows, strata.of(rowClass), rowClass, object.uri());
          }
        }
      }
      dealer.dealRest();
      writers.finish(dealer.tally()).forEach(file -> shards.get(file.shard()).add(file));
      List<ClassIndex.Seen> seen = index.classes();
      for (int c = 0; c < seen.size(); c++) {
        long[] dealt = classes.get(seen.get(c).name());
        List<Long> more = dealer.tally().ofClass(c);
        for (int shard = 0; shard < dealt.length; shard++) {
          dealt[shard] += more.get(shard);
        }
      }
    }
  }

  private SealedFolds sealed(long rows) {
    List<SealedFolds.Shard> sums = new ArrayList<>();
    MessageDigest all = ObjectWriter.sha256();
    long bytes = 0;
    for (int shard = 0; shard < shards.size(); shard++) {
      List<ShardFile> files = shards.get(shard);
      String digest = digest(files.stream().map(ShardFile::sha256).toList());
      all.update(digest.getBytes(StandardCharsets.US_ASCII));
      long size = files.stream().mapToLong(ShardFile::bytes).sum();
      bytes += size;
      sums.add(
          new SealedFolds.Shard(
              files.stream().mapToLong(ShardFile::rows).sum(),
              size,
              files.size(),
              digest,
              classesOf(shard)));
    }
    return new SealedFolds(
        request.splitter(),
        request.folds(),
        request.seed(),
        rows,
        plan.columns().count(),
        bytes,
        classes == null ? null : classes.size(),
        classTotals(),
        sums,
        HexFormat.of().formatHex(all.digest()));
  }

  /** Of one file its digest; of several the SHA-256 over theirs. */
  static String digest(List<String> digests) {
    if (digests.size() == 1) {
      return digests.getFirst();
    }
    MessageDigest digest = ObjectWriter.sha256();
    digests.forEach(one -> digest.update(one.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private Map<String, Long> classesOf(int shard) {
    if (classes == null) {
      return null;
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    classes.forEach((name, dealt) -> counts.put(name, dealt[shard]));
    return counts;
  }

  private Map<String, Long> classTotals() {
    if (classes == null) {
      return null;
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    classes.keySet().forEach(name -> counts.put(name, classRows.get(name)));
    return counts;
  }

  private static SealedFolds small(SealedFolds sealed) {
    if (sealed.classes() == null) {
      return sealed;
    }
    long bytes = 0;
    for (String name : sealed.classes().keySet()) {
      bytes += name.getBytes(StandardCharsets.UTF_8).length + BYTES_OF_COUNT;
    }
    return bytes * (sealed.folds() + 1) > MOST_CLASS_BYTES ? sealed.withoutClasses() : sealed;
  }
}
