import com.sun.management.OperatingSystemMXBean;
import io.warmfold.fold.DataSpec;
import io.warmfold.fold.LabelColumn;
import io.warmfold.fold.ObjectStore;
import io.warmfold.fold.S3Location;
import io.warmfold.fold.SealedFolds;
import io.warmfold.fold.Split;
import io.warmfold.fold.SplitPlan;
import io.warmfold.fold.SplitRequest;
import io.warmfold.fold.Splitter;
import io.warmfold.fold.StoredObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Splits generated CSV on one core, over objects that are files; see {@code run}. */
final class SplitBench {

  private static final int ROUNDS = 3;

  private record Case(String name, String data, Splitter splitter, int folds, boolean numeric) {}

  private static final List<Case> CASES =
      List.of(
          new Case("numbers, label last", "numbers", Splitter.KFOLD, 5, true),
          new Case("numbers, label last", "numbers", Splitter.STRATIFIED_KFOLD, 5, true),
          new Case("numbers, label last", "numbers", Splitter.STRATIFIED_KFOLD, 20, true),
          new Case("numbers, not checked", "numbers", Splitter.KFOLD, 5, false),
          new Case("text, no quotes", "text", Splitter.STRATIFIED_KFOLD, 5, false),
          new Case("text, quotes in each row", "quoted", Splitter.STRATIFIED_KFOLD, 5, false));

  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[0]);
    long bytes = Long.parseLong(args[1]) * 1_000_000;
    for (String data : List.of("numbers", "text", "quoted")) {
      generate(out.resolve("data").resolve(data + ".csv"), data, bytes);
    }
    System.out.printf(
        "%d MB of CSV, Java %s, -Xmx%d MB, best of %d rounds%n%n",
        bytes / 1_000_000,
        Runtime.version(),
        Runtime.getRuntime().maxMemory() >> 20,
        ROUNDS);
    System.out.println("| data | splitter | folds | numeric | rows | seconds | CPU seconds | MB/s | MB per CPU second |");
    System.out.println("|---|---|---:|---|---:|---:|---:|---:|---:|");
    for (Case one : CASES) {
      measure(out, one);
    }
  }

  private static void measure(Path out, Case one) throws IOException {
    double best = Double.MAX_VALUE;
    double bestCpu = Double.MAX_VALUE;
    long rows = 0;
    long size = 0;
    for (int round = 0; round < ROUNDS; round++) {
      delete(out.resolve("work"));
      Split split = new Split(new FileStore(out));
      SplitRequest request =
          new SplitRequest(
              "work",
              "a/",
              new DataSpec(
                  List.of(new S3Location("data", one.data() + ".csv")),
                  true,
                  new LabelColumn.Name("label")),
              one.folds(),
              one.splitter(),
              7,
              one.numeric(),
              java.util.Optional.empty());
      long cpuBefore = cpuNanos();
      long start = System.nanoTime();
      SplitPlan plan = split.plan(request);
      split.shard(request, plan, 0);
      SealedFolds sealed = split.seal(request, plan);
      double seconds = (System.nanoTime() - start) / 1e9;
      best = Math.min(best, seconds);
      bestCpu = Math.min(bestCpu, (cpuNanos() - cpuBefore) / 1e9);
      rows = sealed.rows();
      size = plan.parts().getFirst().bytes();
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %s | %,d | %.2f | %.2f | %.0f | %.0f |%n",
        one.name(),
        one.splitter().label(),
        one.folds(),
        one.numeric() ? "yes" : "no",
        rows,
        best,
        bestCpu,
        size / 1e6 / best,
        size / 1e6 / bestCpu);
    delete(out.resolve("work"));
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void generate(Path file, String kind, long bytes) throws IOException {
    if (Files.exists(file) && Files.size(file) / 1_000_000 == bytes / 1_000_000) {
      return;
    }
    Files.createDirectories(file.getParent());
    SplittableRandom random = new SplittableRandom(1);
    try (OutputStream csv = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      csv.write("a,b,c,d,e,f,g,h,i,j,k,label\n".getBytes(StandardCharsets.UTF_8));
      long written = 0;
      StringBuilder row = new StringBuilder();
      while (written < bytes) {
        row.setLength(0);
        for (int field = 0; field < 11; field++) {
          field(row, kind, field, random);
          row.append(',');
        }
        row.append(kind.equals("numbers") ? "" : "class-").append(random.nextInt(10)).append('\n');
        byte[] line = row.toString().getBytes(StandardCharsets.UTF_8);
        csv.write(line);
        written += line.length;
      }
    }
  }

  private static void field(StringBuilder row, String kind, int field, SplittableRandom random) {
    if (random.nextInt(50) == 0) {
      return;
    }
    if (kind.equals("quoted") && field == 3) {
      row.append("\"Street ").append(random.nextInt(1000)).append(", \"\"old\"\" town\"");
    } else if (!kind.equals("numbers") && field % 3 == 0) {
      row.append("word-").append(Integer.toString(random.nextInt(100_000), 36));
    } else if (field % 4 == 1) {
      row.append(random.nextInt(1000));
    } else {
      int digits = random.nextInt(100_000);
      row.append(random.nextInt(40) - 20).append('.').append(digits);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Buckets are folders, objects are files, and a multipart upload appends to its file. */
  private record FileStore(Path root) implements ObjectStore {

    private Path file(String bucket, String key) throws IOException {
      Path file = root.resolve(bucket).resolve(key);
      Files.createDirectories(file.getParent());
      return file;
    }

    @Override
    public List<StoredObject> list(String bucket, String prefix) throws IOException {
      Path folder = root.resolve(bucket);
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> found =
            files
                .filter(Files::isRegularFile)
                .filter(file -> folder.relativize(file).toString().startsWith(prefix))
                .sorted()
                .toList();
        return found.stream().map(file -> stored(bucket, folder, file)).toList();
      }
    }

    private static StoredObject stored(String bucket, Path folder, Path file) {
      try {
        return new StoredObject(
            bucket, folder.relativize(file).toString(), Files.size(file), "\"e\"");
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public InputStream open(StoredObject object, long offset) throws IOException {
      var file = new RandomAccessFile(file(object.bucket(), object.key()).toFile(), "r");
      file.seek(offset);
      return Channels.newInputStream(file.getChannel());
    }

    @Override
    public byte[] get(String bucket, String key) throws IOException {
      return Files.readAllBytes(file(bucket, key));
    }

    @Override
    public void put(String bucket, String key, String contentType, byte[] bytes, int length)
        throws IOException {
      try (OutputStream out = Files.newOutputStream(file(bucket, key))) {
        out.write(bytes, 0, length);
      }
    }

    @Override
    public String startUpload(String bucket, String key, String contentType) throws IOException {
      Files.newOutputStream(file(bucket, key)).close();
      return "upload";
    }

    @Override
    public Part uploadPart(
        String bucket, String key, String uploadId, int number, byte[] bytes, int length)
        throws IOException {
      try (OutputStream out =
          Files.newOutputStream(
              file(bucket, key), java.nio.file.StandardOpenOption.APPEND)) {
        out.write(bytes, 0, length);
      }
      return new Part("\"e\"", null);
    }

    @Override
    public void completeUpload(String bucket, String key, String uploadId, List<Part> parts) {}

    @Override
    public void abortUpload(String bucket, String key, String uploadId) throws IOException {
      Files.deleteIfExists(file(bucket, key));
    }
  }
}
