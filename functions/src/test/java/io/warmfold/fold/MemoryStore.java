package io.warmfold.fold;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * S3 in memory, with its rules for multipart uploads, and with connections that break on demand.
 */
final class MemoryStore implements ObjectStore {

  private static final class Stored {
    private final byte[] bytes;
    private final String contentType;

    Stored(byte[] bytes, String contentType) {
      this.bytes = bytes;
      this.contentType = contentType;
    }

    String etag() {
      byte[] digest = ObjectWriter.sha256().digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    }
  }

  private record Upload(String bucket, String key, String type, Map<Integer, byte[]> parts) {}

  private final Map<String, NavigableMap<String, Stored>> buckets = new HashMap<>();
  private final Map<String, Upload> uploads = new HashMap<>();
  private int nextUpload;

  /** After how many bytes of a response the connection breaks. */
  long breakAfter = Long.MAX_VALUE;

  /** How many bytes one read gives at most. */
  int mostAtOnce = Integer.MAX_VALUE;

  /** Which write fails, counted down; 0 is none. */
  int failWrite;

  int opened;
  final List<Integer> partSizes = new ArrayList<>();

  synchronized StoredObject add(String bucket, String key, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    put(bucket, key, "text/csv", bytes, bytes.length, 0);
    return list(bucket, key).getFirst();
  }

  synchronized void addBytes(String bucket, String key, byte[] bytes) {
    put(bucket, key, "text/csv", bytes, bytes.length, 0);
  }

  synchronized String text(String bucket, String key) {
    return new String(get(bucket, key), StandardCharsets.UTF_8);
  }

  synchronized List<String> keys(String bucket, String prefix) {
    return list(bucket, prefix).stream().map(StoredObject::key).toList();
  }

  synchronized String contentType(String bucket, String key) {
    return stored(bucket, key).contentType;
  }

  synchronized int openUploads() {
    return uploads.size();
  }

  /** Everything in a bucket, to compare two of them. */
  synchronized Map<String, String> contents(String bucket) {
    Map<String, String> contents = new TreeMap<>();
    bucket(bucket).forEach((key, stored) -> contents.put(key, stored.etag()));
    return contents;
  }

  private NavigableMap<String, Stored> bucket(String bucket) {
    return buckets.computeIfAbsent(bucket, name -> new TreeMap<>());
  }

  private Stored stored(String bucket, String key) {
    Stored stored = bucket(bucket).get(key);
    if (stored == null) {
      throw new java.io.UncheckedIOException(new FileNotFoundException(bucket + "/" + key));
    }
    return stored;
  }

  @Override
  public synchronized List<StoredObject> list(String bucket, String prefix) {
    return bucket(bucket).tailMap(prefix).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(prefix))
        .map(
            entry ->
                new StoredObject(
                    bucket, entry.getKey(), entry.getValue().bytes.length, entry.getValue().etag()))
        .toList();
  }

  @Override
  public synchronized InputStream open(StoredObject object, long offset) throws IOException {
    opened++;
    Stored stored = bucket(object.bucket()).get(object.key());
    if (stored == null || !stored.etag().equals(object.etag())) {
      throw new ObjectChangedException(object, null);
    }
    int from = Math.toIntExact(offset);
    return new Connection(new ByteArrayInputStream(stored.bytes, from, stored.bytes.length - from));
  }

  private final class Connection extends FilterInputStream {
    private long left = breakAfter;

    Connection(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      throw new UnsupportedOperationException("read in blocks");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException("connection reset");
      }
      int read = super.read(bytes, offset, (int) Math.min(Math.min(length, mostAtOnce), left));
      left -= Math.max(read, 0);
      return read;
    }
  }

  @Override
  public synchronized byte[] get(String bucket, String key) {
    return stored(bucket, key).bytes.clone();
  }

  @Override
  public synchronized void put(
      String bucket, String key, String contentType, byte[] bytes, int length) throws IOException {
    maybeFail();
    put(bucket, key, contentType, bytes, length, 0);
  }

  private void put(
      String bucket, String key, String contentType, byte[] bytes, int length, int from) {
    bucket(bucket)
        .put(key, new Stored(Arrays.copyOfRange(bytes, from, from + length), contentType));
  }

  private void maybeFail() throws IOException {
    if (failWrite > 0 && --failWrite == 0) {
      throw new IOException("503 Slow Down");
    }
  }

  @Override
  public synchronized String startUpload(String bucket, String key, String contentType) {
    String id = "upload-" + nextUpload++;
    uploads.put(id, new Upload(bucket, key, contentType, new TreeMap<>()));
    return id;
  }

  @Override
  public synchronized Part uploadPart(
      String bucket, String key, String uploadId, int number, byte[] bytes, int length)
      throws IOException {
    maybeFail();
    Upload upload = upload(bucket, key, uploadId);
    if (number < 1 || number > 10_000) {
      throw new IllegalArgumentException("InvalidArgument: part " + number);
    }
    partSizes.add(length);
    upload.parts.put(number, Arrays.copyOf(bytes, length));
    return partOf(number, upload.parts.get(number));
  }

  private static Part partOf(int number, byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return new Part("\"part-" + number + '"', Long.toString(checksum.getValue()));
  }

  private Upload upload(String bucket, String key, String uploadId) {
    Upload upload = uploads.get(uploadId);
    if (upload == null || !upload.bucket.equals(bucket) || !upload.key.equals(key)) {
      throw new IllegalStateException("NoSuchUpload");
    }
    return upload;
  }

  @Override
  public synchronized void completeUpload(
      String bucket, String key, String uploadId, List<Part> parts) {
    Upload upload = upload(bucket, key, uploadId);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int number = 1; number <= parts.size(); number++) {
      byte[] part = upload.parts.get(number);
      if (part == null || !parts.get(number - 1).equals(partOf(number, part))) {
        throw new IllegalStateException("InvalidPart " + number);
      }
      if (number < parts.size() && part.length < 5 << 20) {
        throw new IllegalStateException("EntityTooSmall");
      }
      all.writeBytes(part);
    }
    put(bucket, key, upload.type, all.toByteArray(), all.size(), 0);
    uploads.remove(uploadId);
  }

  @Override
  public synchronized void abortUpload(String bucket, String key, String uploadId) {
    upload(bucket, key, uploadId);
    uploads.remove(uploadId);
  }
}
