package io.warmfold.fold;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The part of S3 that splitting needs. An implementation retries what is transient within one call;
 * what is left is an {@link IOException}, or the SDK's own exception, and the whole step may be
 * repeated. Safe for use by several threads.
 */
public interface ObjectStore {

  /**
   * A part that was uploaded.
   *
   * @param etag as S3 gives it
   * @param checksum as S3 gives it; null if it gave none
   */
  record Part(String etag, String checksum) {}

  /** All objects whose key starts with a prefix, in the order of their keys' UTF-8 bytes. */
  List<StoredObject> list(String bucket, String prefix) throws IOException;

  /**
   * The bytes of an object from an offset to its end. The stream may break, or end early: the
   * reader asks again from there.
   *
   * @throws ObjectChangedException if the object is gone, or has another ETag by now
   */
  InputStream open(StoredObject object, long offset) throws IOException;

  /** The whole of a small object whose ETag does not matter. */
  byte[] get(String bucket, String key) throws IOException;

  /** Writes an object at once, in place of one that may be there. */
  void put(String bucket, String key, String contentType, byte[] bytes, int length)
      throws IOException;

  /** Starts a multipart upload, and gives its id. */
  String startUpload(String bucket, String key, String contentType) throws IOException;

  /**
   * Uploads a part; the array may be used again once this returns.
   *
   * @param number from 1 to 10,000
   * @param length at least 5 MiB, unless it is the last part
   */
  Part uploadPart(String bucket, String key, String uploadId, int number, byte[] bytes, int length)
      throws IOException;

  /** Makes the object of its parts, which are given in order. */
  void completeUpload(String bucket, String key, String uploadId, List<Part> parts)
      throws IOException;

  /** Gives a multipart upload up, so that its parts are not kept and billed. */
  void abortUpload(String bucket, String key, String uploadId) throws IOException;
}
