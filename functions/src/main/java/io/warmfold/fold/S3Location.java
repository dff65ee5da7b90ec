package io.warmfold.fold;

import java.util.Objects;

/**
 * A place in S3: one object, or the folder of that name.
 *
 * @param bucket its bucket
 * @param key the object's key, or a folder with or without the last slash; empty for the bucket
 */
public record S3Location(String bucket, String key) {

  public S3Location {
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("an S3 location needs a bucket");
    }
    Objects.requireNonNull(key, "key");
  }

  /**
   * Takes {@code s3://bucket/key} apart.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static S3Location of(String uri) {
    String scheme = "s3://";
    if (!uri.startsWith(scheme) || uri.length() == scheme.length()) {
      throw new IllegalArgumentException("not an S3 URI: " + uri);
    }
    String rest = uri.substring(scheme.length());
    int slash = rest.indexOf('/');
    return slash < 0
        ? new S3Location(rest, "")
        : new S3Location(rest.substring(0, slash), rest.substring(slash + 1));
  }

  /** The key as a folder: ending with a slash, or empty for the whole bucket. */
  String folder() {
    return key.isEmpty() || key.endsWith("/") ? key : key + "/";
  }

  /** {@code s3://bucket/key}. */
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
