package io.warmfold.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reading and writing objects: broken connections, changed objects, multipart uploads. */
class ObjectsTest {

  private static final String TEXT = "0123456789".repeat(100);

  private final MemoryStore store = new MemoryStore();

  @Test
  void aBrokenReadGoesOnWhereItBroke() throws IOException {
    StoredObject object = store.add("data", "a.csv", TEXT);
    store.breakAfter = 300;
    try (var in = new ResumingInput(store, object)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }
    assertThat(store.opened).isEqualTo(4);
  }

  @Test
  void aReadThatNeverMovesOnFails() {
    StoredObject object = store.add("data", "a.csv", TEXT);
    store.breakAfter = 0;
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new ResumingInput(store, object).readAllBytes())
        .withMessageContaining("s3://data/a.csv from byte 0");
    assertThat(store.opened).isEqualTo(5);
  }

  @Test
  void anObjectThatChangesIsRefusedWhetherBeforeOrInTheMiddle() throws IOException {
    StoredObject object = store.add("data", "a.csv", TEXT);
    store.breakAfter = 300;
    try (var in = new ResumingInput(store, object)) {
      assertThat(in.readNBytes(300)).hasSize(300);
      store.add("data", "a.csv", TEXT + "!");
      assertThatExceptionOfType(DataProblem.class)
          .isThrownBy(in::readAllBytes)
          .withMessageContaining("s3://data/a.csv: found that it was replaced")
          .withMessageContaining(object.etag());
    }
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(() -> new ResumingInput(store, object).readAllBytes());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private ObjectWriter.Written write(byte[] bytes, int step) throws IOException {
    ObjectWriter writer = new ObjectWriter(store, "work", "shard.csv");
    for (int at = 0; at < bytes.length; at += step) {
      writer.write(bytes, at, Math.min(step, bytes.length - at));
    }
    return writer.finish();
  }

  @Test
  void whatFitsOnePartIsPutAtOnce() throws IOException {
    byte[] bytes = random(100_000);
    ObjectWriter.Written written = write(bytes, 999);
    assertThat(store.get("work", "shard.csv")).isEqualTo(bytes);
    assertThat(store.contentType("work", "shard.csv")).isEqualTo("text/csv");
    assertThat(store.partSizes).isEmpty();
    assertThat(written.bytes()).isEqualTo(bytes.length);
    assertThat(written.sha256())
        .isEqualTo(HexFormat.of().formatHex(ObjectWriter.sha256().digest(bytes)));
  }

  @Test
  void moreIsUploadedInPartsThatGrow() throws IOException {
    byte[] bytes = random(23 << 20);
    ObjectWriter.Written written = write(bytes, 77_777);
    assertThat(store.get("work", "shard.csv")).isEqualTo(bytes);
    assertThat(store.partSizes)
        .startsWith(
            ObjectWriter.partSize(1),
            ObjectWriter.partSize(2),
            ObjectWriter.partSize(3),
            ObjectWriter.partSize(4))
        .hasSize(5);
    assertThat(store.contentType("work", "shard.csv")).isEqualTo("text/csv");
    assertThat(store.openUploads()).isZero();
    assertThat(written.sha256())
        .isEqualTo(HexFormat.of().formatHex(ObjectWriter.sha256().digest(bytes)));
  }

  @Test
  void anEmptyObjectIsNotWritten() throws IOException {
    assertThat(write(new byte[0], 1).bytes()).isZero();
    assertThat(store.keys("work", "")).isEmpty();
  }

  @Test
  void tenThousandPartsReachFiveTebibytesAndEachFitsAnArray() {
    long sum = 0;
    for (int number = 1; number <= 10_000; number++) {
      assertThat(ObjectWriter.partSize(number)).isBetween(5 << 20, Integer.MAX_VALUE - 8);
      sum += ObjectWriter.partSize(number);
    }
    assertThat(sum).isGreaterThanOrEqualTo(5L << 40);
  }

  @Test
  void aFailedPartLeavesNoUploadBehind() {
    StringBuilder csv = new StringBuilder();
    String cell = "1234567890".repeat(100);
    for (int i = 0; i < 13_000; i++) {
      csv.append(i % 2).append(',').append(cell).append('\n');
    }
    store.add("data", "a.csv", csv.toString());
    SplitRequest request =
        Splits.request(
            Splits.data("s3://data/a.csv", false, new LabelColumn.Index(0)),
            2,
            Splitter.KFOLD,
            1,
            true);
    Split split = new Split(store);
    SplitPlan plan = split.plan(request);
    store.failWrite = 2;
    assertThatExceptionOfType(java.io.UncheckedIOException.class)
        .isThrownBy(() -> split.shard(request, plan, 0))
        .withMessageContaining("503");
    assertThat(store.openUploads()).isZero();
    assertThat(store.keys(Splits.BUCKET, Splits.PREFIX + "shards/")).isEmpty();

    split.shard(request, plan, 0);
    split.seal(request, plan);
    assertThat(Splits.shards(store, request)).allSatisfy(rows -> assertThat(rows).hasSize(6_500));
  }
}
