package io.warmfold.fold;

/**
 * An object as a listing gives it.
 *
 * @param bucket its bucket
 * @param key its key
 * @param size in bytes
 * @param etag as S3 gives it, with its quotes
 */
public record StoredObject(String bucket, String key, long size, String etag) {

  /** {@code s3://bucket/key}. */
  String uri() {
    return "s3://" + bucket + "/" + key;
  }
}
