package io.warmfold.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a split reads and writes. Exactness has its own properties. */
class SplitTest {

  private static final LabelColumn FIRST = new LabelColumn.Index(0);

  private final MemoryStore store = new MemoryStore();

  private static String rows(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> i + "," + i % 3 + "\n")
        .collect(Collectors.joining());
  }

  private SplitRequest kfold(String location, boolean header, LabelColumn label) {
    return Splits.request(Splits.data(location, header, label), 3, Splitter.KFOLD, 7, true);
  }

  @Test
  void aLocationIsAnObjectOrElseAFolderOrElseAPrefix() {
    store.add("data", "rows-1.csv", rows(0, 4));
    store.add("data", "rows-2.csv", rows(4, 9));
    assertThat(Splits.run(store, kfold("s3://data/ro", false, FIRST)).rows()).isEqualTo(9);
    assertThat(Splits.run(store, kfold("s3://data/rows-1.csv", false, FIRST)).rows()).isEqualTo(4);
    store.add("data", "ro/x.csv", rows(0, 7));
    assertThat(Splits.run(store, kfold("s3://data/ro", false, FIRST)).rows()).isEqualTo(7);
    store.add("data", "ro", rows(0, 3));
    assertThat(Splits.run(store, kfold("s3://data/ro", false, FIRST)).rows()).isEqualTo(3);
    assertThat(Splits.run(store, kfold("s3://data/ro/", false, FIRST)).rows()).isEqualTo(7);
  }

  @Test
  void oneObjectBecomesOneFileForEachShard() {
    store.add("data", "a.csv", rows(0, 10));
    SplitRequest request = kfold("s3://data/a.csv", false, FIRST);
    SealedFolds sealed = Splits.run(store, request);

    assertThat(store.keys(Splits.BUCKET, Splits.PREFIX))
        .containsExactly(
            "studies/a/leftovers/part-000.json",
            "studies/a/manifests/all.manifest",
            "studies/a/manifests/fold-0-train.manifest",
            "studies/a/manifests/fold-0-validation.manifest",
            "studies/a/manifests/fold-1-train.manifest",
            "studies/a/manifests/fold-1-validation.manifest",
            "studies/a/manifests/fold-2-train.manifest",
            "studies/a/manifests/fold-2-validation.manifest",
            "studies/a/plan.json",
            "studies/a/sealed.json",
            "studies/a/shards/shard-0.csv",
            "studies/a/shards/shard-1.csv",
            "studies/a/shards/shard-2.csv");
    assertThat(store.text(Splits.BUCKET, "studies/a/manifests/fold-1-train.manifest"))
        .isEqualTo(
            "[{\"prefix\":\"s3://work/studies/a/shards/\"},\"shard-0.csv\",\"shard-2.csv\"]");
    assertThat(store.text(Splits.BUCKET, "studies/a/manifests/fold-1-validation.manifest"))
        .isEqualTo("[{\"prefix\":\"s3://work/studies/a/shards/\"},\"shard-1.csv\"]");
    assertThat(store.text(Splits.BUCKET, "studies/a/manifests/all.manifest"))
        .isEqualTo(
            "[{\"prefix\":\"s3://work/studies/a/shards/\"},"
                + "\"shard-0.csv\",\"shard-1.csv\",\"shard-2.csv\"]");
    assertThat(store.contentType(Splits.BUCKET, "studies/a/shards/shard-0.csv"))
        .isEqualTo("text/csv");
    assertThat(store.contentType(Splits.BUCKET, "studies/a/manifests/all.manifest"))
        .isEqualTo("application/json");
    assertThat(request.layout().trainManifest(1))
        .isEqualTo("s3://work/studies/a/manifests/fold-1-train.manifest");
    assertThat(sealed.rows()).isEqualTo(10);
    assertThat(sealed.columns()).isEqualTo(2);
    assertThat(sealed.classCount()).isEqualTo(10);
  }

  @Test
  void aTrainManifestAndItsValidationManifestAreAllRows() {
    store.add("data", "in/a.csv", rows(0, 20));
    store.add("data", "in/b.csv", rows(20, 31));
    SplitRequest request = kfold("s3://data/in", false, FIRST);
    Split split = new Split(store);
    Splits.run(split, request, Splits.partEach(split.plan(request)));
    List<String> all = Splits.rows(store, request.layout().allManifest());
    assertThat(all).hasSize(31).doesNotHaveDuplicates();
    for (int fold = 0; fold < 3; fold++) {
      List<String> both = Splits.rows(store, request.layout().trainManifest(fold));
      List<String> held = Splits.rows(store, request.layout().validationManifest(fold));
      assertThat(both).doesNotContainAnyElementsOf(held);
      both.addAll(held);
      assertThat(both).containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  void aFolderIsReadInTheOrderOfItsKeysWithoutWhatStandsForFoldersOrIsHidden() {
    store.add("data", "in/", "");
    store.add("data", "in/sub/", "");
    store.add("data", "in/_SUCCESS", "");
    store.add("data", "in/_committed_1", "{}");
    store.add("data", "in/.part.crc", "x");
    store.add("data", "in/.hidden/c.csv", "no");
    store.add("data", "in/b.csv", rows(3, 6));
    store.add("data", "in/a.csv", rows(0, 3));
    store.add("data", "in/sub/c.csv", rows(6, 9));
    store.add("data", "in2/d.csv", "no");
    SplitPlan plan = new Split(store).plan(kfold("s3://data/in", false, FIRST));
    assertThat(plan.parts()).hasSize(1);
    assertThat(plan.parts().getFirst().objects().stream().map(StoredObject::key))
        .containsExactly("in/a.csv", "in/b.csv", "in/sub/c.csv");
    assertThat(plan.columns().count()).isEqualTo(2);
  }

  @Test
  void eachObjectHasItsOwnHeader() {
    store.add("data", "in/a.csv", "x,rings\n1,2\n3,4\n");
    store.add("data", "in/b.csv", "\uFEFF\"x\",rings\r\n5,6\r\n7,8");
    store.add("data", "in/c.csv", "x,rings\n");
    SplitRequest request = kfold("s3://data/in/", true, new LabelColumn.Name("rings"));
    SealedFolds sealed = Splits.run(store, request);
    assertThat(sealed.rows()).isEqualTo(4);
    assertThat(Splits.rows(store, request.layout().allManifest()))
        .containsExactlyInAnyOrder("2,1", "4,3", "6,5", "8,7");
  }

  @Test
  void theSpellingOfANumericClassDoesNotMatter() {
    store.add("data", "a.csv", "1,5\n1.0,5\n 1,5\n+1e0,5\n-0,5\n0,5\n0.00,5\n00,5\n");
    SplitRequest request =
        Splits.request(
            Splits.data("s3://data/a.csv", false, FIRST), 4, Splitter.STRATIFIED_KFOLD, 1, true);
    assertThat(Splits.run(store, request).classes()).isEqualTo(Map.of("0", 4L, "1", 4L));
  }

  @Test
  void classesAreListedByValueAndCountedForPlainFoldsWhileTheyAreFew() {
    StringBuilder few = new StringBuilder();
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      few.append(i % 100).append(",1\n");
      many.append(i % 101).append(",1\n");
    }
    store.add("data", "few.csv", few.toString());
    store.add("data", "many.csv", many.toString());
    SealedFolds counted = Splits.run(store, kfold("s3://data/few.csv", false, FIRST));
    assertThat(counted.classes().keySet())
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(String::valueOf).toList());
    SealedFolds uncounted = Splits.run(store, kfold("s3://data/many.csv", false, FIRST));
    assertThat(uncounted.classes()).isNull();
    assertThat(uncounted.classCount()).isNull();
    assertThat(uncounted.rows()).isEqualTo(300);
  }

  @Test
  void theSealHasNoRoomForThousandsOfClassesButTheirNumber() {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < 12_000; i++) {
      csv.append("class-").append(i % 4_000).append(",1\n");
    }
    store.add("data", "a.csv", csv.toString());
    SplitRequest request =
        Splits.request(
            Splits.data("s3://data/a.csv", false, FIRST), 3, Splitter.STRATIFIED_KFOLD, 1, false);
    SealedFolds sealed = Splits.run(store, request);
    assertThat(sealed.classCount()).isEqualTo(4_000);
    assertThat(sealed.classes()).isNull();
    assertThat(FoldJson.bytes(sealed)).hasSizeLessThan(4_000);
    assertThat(store.text(Splits.BUCKET, "studies/a/sealed.json")).contains("\"class-3999\":3");
  }

  @Test
  void theDigestTellsOtherShards() {
    store.add("data", "a.csv", rows(0, 50));
    SplitRequest request = kfold("s3://data/a.csv", false, FIRST);
    SealedFolds first = Splits.run(store, request);
    assertThat(Splits.run(store, request)).isEqualTo(first);
    SplitRequest otherSeed =
        Splits.request(request.data(), 3, Splitter.KFOLD, request.seed() + 1, true);
    assertThat(Splits.run(store, otherSeed).digest()).isNotEqualTo(first.digest());
    store.add("data", "a.csv", rows(1, 51));
    assertThat(Splits.run(store, request).digest()).isNotEqualTo(first.digest());
  }

  /**
   * Shards of older studies must come out again. These were worked out by a second program, from
   * the description of the generator alone.
   */
  @Test
  void aSeedMeansTheSameForEver() {
    store.add("data", "in/a.csv", rows(0, 8));
    store.add("data", "in/b.csv", rows(8, 17));
    SplitRequest request = kfold("s3://data/in/", false, FIRST);
    Split split = new Split(store);
    Splits.run(split, request, Splits.partEach(split.plan(request)));
    assertThat(
            Splits.shards(store, request).stream()
                .map(
                    shard ->
                        shard.stream()
                            .map(row -> row.substring(0, row.indexOf(',')))
                            .collect(Collectors.joining(" "))))
        .containsExactly("2 3 9 11 15", "1 5 8 13 16 6", "0 4 10 12 14 7");
  }

  @Test
  void aPlanSurvivesItsJson() {
    store.add("data", "in/a.csv", rows(0, 8));
    store.add("data", "in/b.csv", rows(8, 17));
    SplitRequest request = kfold("s3://data/in/", false, FIRST);
    Split split = new Split(store);
    assertThat(split.plan(request)).isEqualTo(split.storedPlan(request));
  }

  @Test
  void aBrokenConnectionMakesNoDifference() {
    store.add("data", "a.csv", rows(0, 1000));
    SplitRequest request = kfold("s3://data/a.csv", false, FIRST);
    SealedFolds whole = Splits.run(store, request);
    store.breakAfter = 777;
    assertThat(Splits.run(store, request)).isEqualTo(whole);
  }

  @Test
  void partsAreConsecutiveAtMost256AndOfAboutTheSameSize() {
    List<StoredObject> objects =
        IntStream.range(0, 1000)
            .mapToObj(i -> new StoredObject("b", String.format("%04d", i), 1 + i % 7, "\"e\""))
            .toList();
    List<SplitPlan.Part> parts = Planner.parts(objects, 1);
    assertThat(parts).hasSize(256);
    assertThat(parts.stream().flatMap(part -> part.objects().stream()).toList()).isEqualTo(objects);
    assertThat(parts)
        .allSatisfy(part -> assertThat(part.bytes()).isBetween(8L, 24L))
        .extracting(SplitPlan.Part::number)
        .containsExactlyElementsOf(IntStream.range(0, 256).boxed().toList());
    assertThat(Planner.parts(objects, 1L << 20)).hasSize(1);
  }

  @Test
  void aPartOfAnEarlierPlanIsNotSealed() {
    store.add("data", "a.csv", rows(0, 50));
    SplitRequest request = kfold("s3://data/a.csv", false, FIRST);
    Splits.run(store, request);
    store.add("data", "a.csv", rows(1, 51));
    Split split = new Split(store);
    SplitPlan plan = split.plan(request);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> split.seal(request, plan))
        .withMessageContaining("earlier plan");
  }
}
