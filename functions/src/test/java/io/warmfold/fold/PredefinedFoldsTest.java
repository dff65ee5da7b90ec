package io.warmfold.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PredefinedFoldsTest {

  private final MemoryStore store = new MemoryStore();

  private static SplitRequest request(int folds, String... locations) {
    DataSpec data =
        new DataSpec(
            Arrays.stream(locations).map(S3Location::of).toList(), false, new LabelColumn.Index(0));
    return Splits.request(data, folds, Splitter.PREDEFINED, 0, true);
  }

  private void assertRefused(SplitRequest request, String... parts) {
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(() -> Splits.run(store, request))
        .withMessageContainingAll(parts);
  }

  @Test
  void manifestsAreMadeOfTheListing() {
    store.add("data", "p/one/", "");
    store.add("data", "p/one/a.parquet", "aa");
    store.add("data", "p/one/sub/b.parquet", "bbb");
    store.add("data", "p/two/c.parquet", "c");
    store.add("data", "p/two/_SUCCESS", "");
    SplitRequest request = request(2, "s3://data/p/one/", "s3://data/p/two/");
    SealedFolds sealed = Splits.run(store, request);
    assertThat(store.text(Splits.BUCKET, "studies/a/manifests/fold-1-train.manifest"))
        .isEqualTo("[{\"prefix\":\"s3://data/p/\"},\"one/a.parquet\",\"one/sub/b.parquet\"]");
    assertThat(store.text(Splits.BUCKET, "studies/a/manifests/fold-1-validation.manifest"))
        .isEqualTo("[{\"prefix\":\"s3://data/p/\"},\"two/c.parquet\"]");
    assertThat(sealed.bytes()).isEqualTo(6);
    assertThat(sealed.rows()).isNull();
    assertThat(sealed.shards().getFirst().files()).isEqualTo(2);

    store.add("data", "p/one/a.parquet", "AA");
    assertThat(Splits.run(store, request).digest()).isNotEqualTo(sealed.digest());
    assertThat(store.keys(Splits.BUCKET, "studies/a/shards/")).isEmpty();
  }

  @Test
  void theSubfoldersOfTheOnlyLocationAreTheShards() {
    store.add("data", "p/1/a.csv", "a");
    store.add("data", "p/0/b.csv", "b");
    store.add("data", "p/README", "x");
    SplitRequest request = request(2, "s3://data/p");
    Splits.run(store, request);
    assertThat(Splits.files(store, request.layout().validationManifest(0)))
        .containsExactly("s3://data/p/0/b.csv");
    assertRefused(request(3, "s3://data/p"), "found 2 shards; expected as many as folds, 3");
  }

  @Test
  void whatTrainingImagesPassOverIsRefused() {
    store.add("data", "p/0/a.csv", "a");
    assertRefused(request(2, "s3://data/p/0/", "s3://data/p/1/"), "s3://data/p/1/", "no object");
    store.add("data", "p/1/.a.csv", "a");
    assertRefused(
        request(2, "s3://data/p/0/", "s3://data/p/1/"),
        "s3://data/p/1/.a.csv",
        "a hidden object in a shard");
    store.add("data", "p/2/x/y/a.csv", "a");
    assertRefused(
        request(2, "s3://data/p/0/", "s3://data/p/2/"),
        "s3://data/p/2/x/y/a.csv",
        "more than one folder below");
    store.add("other", "p/3/a.csv", "a");
    assertRefused(
        request(2, "s3://data/p/0/", "s3://other/p/3/"), "s3://other/p/3/", "another bucket");
    assertRefused(request(2, "s3://data/p/0/", "s3://data/p/0/a.csv"), "the object in two shards");
    store.add("data", "q/r/s/t/a.csv", "a");
    assertRefused(
        request(2, "s3://data/p/0/", "s3://data/q/r/s/t/"),
        "s3://data/q/r/s/t/a.csv",
        "at most 3 folders between");
    store.add("data", "p/_4/a.csv", "a");
    assertRefused(
        request(2, "s3://data/p/0/", "s3://data/p/_4/"), "s3://data/p/_4/a.csv", "hidden");
  }
}
