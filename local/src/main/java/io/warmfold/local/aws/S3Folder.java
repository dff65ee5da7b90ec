package io.warmfold.local.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that the local S3 keeps its objects in: an object is the plain file {@code
 * root/bucket/key}.
 */
public record S3Folder(Path root) {

  /** A key stands in an S3 URI as it is: spaces and percent signs are its own. */
  private static final Pattern S3_URI = Pattern.compile("(?s)s3://([^/]+)(?:/(.*))?");

  /** An object's file, whether it exists or not. */
  public Path file(String s3Uri) {
    Matcher uri = parts(s3Uri);
    Path bucket = root.resolve(uri.group(1));
    Path file = bucket.resolve(key(uri)).normalize();
    if (!file.startsWith(bucket)) {
      throw new IllegalArgumentException("outside its bucket: " + s3Uri);
    }
    return file;
  }

  private static Matcher parts(String s3Uri) {
    Matcher uri = S3_URI.matcher(s3Uri);
    if (!uri.matches() || uri.group(1).startsWith(".")) {
      throw new IllegalArgumentException("not an S3 URI: " + s3Uri);
    }
    return uri;
  }

  private static String key(Matcher uri) {
    return uri.group(2) == null ? "" : uri.group(2);
  }

  /** Every object whose URI starts with a prefix, as URIs in the order of their keys. */
  public List<String> list(String s3Prefix) throws IOException {
    Matcher uri = parts(s3Prefix);
    Path bucket = root.resolve(uri.group(1));
    if (!Files.isDirectory(bucket)) {
      return List.of();
    }
    String prefix = key(uri);
    try (Stream<Path> files = Files.walk(bucket)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> bucket.relativize(file).toString())
          .filter(key -> key.startsWith(prefix))
          .sorted()
          .map(key -> "s3://" + uri.group(1) + "/" + key)
          .toList();
    }
  }
}
