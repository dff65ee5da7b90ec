package io.warmfold.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class S3ObjectStoreTest {

  private final MemoryStore memory = new MemoryStore();
  private final FakeS3Client s3 = new FakeS3Client(memory);
  private final S3ObjectStore store = new S3ObjectStore(s3);

  @Test
  void listsAllPages() {
    for (String key : List.of("in/a", "in/b", "in/c", "in/d", "in/e", "out/a")) {
      memory.add("data", key, key);
    }
    assertThat(store.list("data", "in/")).isEqualTo(memory.list("data", "in/")).hasSize(5);
  }

  @Test
  void readsFromAnOffsetOnlyTheObjectThatWasListed() throws IOException {
    StoredObject object = memory.add("data", "a.csv", "0123456789");
    try (var in = store.open(object, 4)) {
      assertThat(in.readAllBytes()).asString().isEqualTo("456789");
    }
    memory.add("data", "a.csv", "other");
    assertThatExceptionOfType(ObjectChangedException.class).isThrownBy(() -> store.open(object, 0));
    assertThatExceptionOfType(ObjectChangedException.class)
        .isThrownBy(() -> store.open(new StoredObject("data", "gone.csv", 1, "\"e\""), 0));
  }

  @Test
  void dropsAResponseThatIsNotReadToItsEnd() throws IOException {
    StoredObject object = memory.add("data", "a.csv", "0123456789");
    store.open(object, 0).close();
    assertThat(s3.aborted).isEqualTo(1);
  }

  /** The whole of a split by the SDK's requests, with multipart uploads and broken connections. */
  @Test
  void splitsAsInMemory() {
    StringBuilder csv = new StringBuilder();
    String cell = "1234567890".repeat(100);
    for (int i = 0; i < 13_000; i++) {
      csv.append(i % 2).append(',').append(cell).append('\n');
    }
    memory.add("data", "in/a.csv", csv.toString());
    memory.add("data", "in/b.csv", "1,2\n1,3\n0,4\n");
    memory.breakAfter = 3 << 20;
    SplitRequest request =
        Splits.request(
            Splits.data("s3://data/in/", false, new LabelColumn.Index(0)),
            2,
            Splitter.STRATIFIED_KFOLD,
            1,
            true);
    Split bySdk = new Split(store);
    SealedFolds sealed = Splits.run(bySdk, request, Splits.partEach(bySdk.plan(request)));
    assertThat(memory.partSizes).isNotEmpty();
    var objects = memory.contents(Splits.BUCKET);
    Split direct = new Split(memory);
    assertThat(Splits.run(direct, request, Splits.partEach(direct.plan(request))))
        .isEqualTo(sealed);
    assertThat(memory.contents(Splits.BUCKET)).isEqualTo(objects);
    assertThat(sealed.rows()).isEqualTo(13_003);
  }

  @Test
  void givesAnUploadUp() {
    String id = store.startUpload("work", "a", "text/csv");
    store.abortUpload("work", "a", id);
    assertThat(memory.openUploads()).isZero();
  }
}
