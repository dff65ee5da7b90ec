package io.warmfold.local.aws;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that the local S3 keeps its objects in: an object is the plain file {@code
 * root/bucket/key}.
 */
public record S3Folder(Path root) {

  /** An object's file, whether it exists or not. */
  public Path file(String s3Uri) {
    URI uri = URI.create(s3Uri);
    if (!"s3".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("not an S3 URI: " + s3Uri);
    }
    Path bucket = root.resolve(uri.getHost());
    Path file =
        bucket.resolve(uri.getPath().substring(uri.getPath().isEmpty() ? 0 : 1)).normalize();
    if (!file.startsWith(bucket)) {
      throw new IllegalArgumentException("outside its bucket: " + s3Uri);
    }
    return file;
  }

  /** Every object whose URI starts with a prefix, as URIs in the order of their keys. */
  public List<String> list(String s3Prefix) throws IOException {
    URI uri = URI.create(s3Prefix);
    Path bucket = root.resolve(uri.getHost());
    if (!Files.isDirectory(bucket)) {
      return List.of();
    }
    String prefix = uri.getPath().isEmpty() ? "" : uri.getPath().substring(1);
    try (Stream<Path> files = Files.walk(bucket)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> bucket.relativize(file).toString())
          .filter(key -> key.startsWith(prefix))
          .sorted()
          .map(key -> "s3://" + uri.getHost() + "/" + key)
          .toList();
    }
  }
}
