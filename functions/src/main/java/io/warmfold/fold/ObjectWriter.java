package io.warmfold.fold;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes one object of unknown length: by one put if it fits one part, else by parts that grow, so
 * that little memory is needed for a small object and 5 TiB can still be reached with the 10,000
 * parts that S3 allows. An object without bytes is not written at all. Not safe for use by several
 * threads.
 */
final class ObjectWriter {

  static final String CSV = "text/csv";
  static final int SMALLEST_PART = 5 << 20;
  private static final int GROWTH_PER_PART = 110 << 10;
  private static final int FIRST_BUFFER = 4 << 10;

  private final ObjectStore store;
  private final String bucket;
  private final String key;
  private final MessageDigest digest;
  private final List<ObjectStore.Part> parts = new ArrayList<>();
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int length;
  private long bytes;
  private String uploadId;

  ObjectWriter(ObjectStore store, String bucket, String key) {
    this.store = store;
    this.bucket = bucket;
    this.key = key;
    this.digest = sha256();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The size of part {@code number}, counted from 1. */
  static int partSize(int number) {
    return SMALLEST_PART + GROWTH_PER_PART * (number - 1);
  }

  void write(byte[] source, int from, int count) throws IOException {
    int at = from;
    int left = count;
    while (left > 0) {
      if (length == buffer.length) {
        makeRoom();
      }
      int taken = Math.min(left, buffer.length - length);
      System.arraycopy(source, at, buffer, length, taken);
      length += taken;
      at += taken;
      left -= taken;
    }
  }

  private void makeRoom() throws IOException {
    int part = partSize(parts.size() + 1);
    if (length >= part) {
      sendPart();
    } else {
      buffer = Arrays.copyOf(buffer, Math.min(part, Math.max(2 * length, FIRST_BUFFER)));
    }
  }

  private void sendPart() throws IOException {
    if (uploadId == null) {
      uploadId = store.startUpload(bucket, key, CSV);
    }
    digest.update(buffer, 0, length);
    parts.add(store.uploadPart(bucket, key, uploadId, parts.size() + 1, buffer, length));
    bytes += length;
    length = 0;
  }

  /** Ends the object, which is there once this returns, unless it is empty. */
  Written finish() throws IOException {
    if (uploadId == null) {
      digest.update(buffer, 0, length);
      bytes = length;
      if (length > 0) {
        store.put(bucket, key, CSV, buffer, length);
      }
    } else {
      if (length > 0) {
        sendPart();
      }
      store.completeUpload(bucket, key, uploadId, parts);
      uploadId = null;
    }
    buffer = new byte[0];
    return new Written(key, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /** Leaves nothing behind of an object that will not be finished. */
  void abort() throws IOException {
    if (uploadId != null) {
      store.abortUpload(bucket, key, uploadId);
    }
  }

  /**
   * An object that was written; not there if it has no bytes.
   *
   * @param key its key
   * @param bytes its size
   * @param sha256 of its bytes, in hexadecimal digits
   */
  record Written(String key, long bytes, String sha256) {}
}
