package io.warmfold.local.cloud;

import io.warmfold.local.aws.S3Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stack of a template whose studies may read every bucket of the local S3.
 *
 * <p>On AWS the installer names the buckets with data; here they are those that files were put
 * into, so that the parameter follows them, unless the user has set it. Thread-safe.
 */
final class Deployment {

  private static final String DATA_BUCKETS = "DataBucketArns";

  private final Path template;
  private final StackReader.Settings settings;
  private final boolean follows;
  private final Set<String> readable = new TreeSet<>();
  private volatile Stack stack;

  private Deployment(Path template, StackReader.Settings settings) throws IOException {
    this.template = template;
    this.settings = settings;
    this.follows =
        !settings.parameters().containsKey(DATA_BUCKETS)
            && StackReader.parameterNames(template).contains(DATA_BUCKETS);
    this.stack = StackReader.read(template, settings);
  }

  static Deployment of(Path template, StackReader.Settings settings, S3Folder objects)
      throws IOException {
    Deployment deployment = new Deployment(template, settings);
    List<String> buckets;
    try (Stream<Path> folders = Files.list(objects.root())) {
      buckets =
          folders
              .filter(Files::isDirectory)
              .map(folder -> folder.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .toList();
    }
    for (String bucket : buckets) {
      deployment.mayRead(bucket);
    }
    return deployment;
  }

  Stack stack() {
    return stack;
  }

  /** Lets studies read a bucket. */
  synchronized void mayRead(String bucket) throws IOException {
    if (!follows || stack.buckets().contains(bucket) || !readable.add(bucket)) {
      return;
    }
    Map<String, String> all = new LinkedHashMap<>(settings.parameters());
    all.put(
        DATA_BUCKETS,
        readable.stream().map(name -> "arn:aws:s3:::" + name).collect(Collectors.joining(",")));
    stack = StackReader.read(template, settings.with(all));
  }
}
