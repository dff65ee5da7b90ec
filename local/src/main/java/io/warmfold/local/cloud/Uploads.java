package io.warmfold.local.cloud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies the user's files into the folder of the local S3. An object that has a file's content
 * already stays, and a reader sees all of a new one or nothing. Thread-safe.
 */
final class Uploads {

  private final Path parts;

  private Uploads(Path parts) {
    this.parts = parts;
  }

  /**
   * Uploads into the local S3 of a folder that belongs to this process.
   *
   * @param root the folder, in which names of buckets do not begin with a dot
   */
  static Uploads into(Path root) throws IOException {
    Path parts = root.resolve(".parts");
    if (Files.isDirectory(parts)) {
      // A process was ended in the midst of copying.
      for (Path left : files(parts)) {
        Files.delete(left);
      }
      Files.delete(parts);
    }
    return new Uploads(parts);
  }

  /** Copies everything below a folder to below another one. */
  void folder(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      file(file, to.resolve(from.relativize(file).toString()));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  /** Copies a file to an object's file. */
  synchronized void file(Path from, Path to) throws IOException {
    if (Files.isRegularFile(to) && Files.mismatch(from, to) < 0) {
      return;
    }
    Files.createDirectories(to.getParent());
    // Not beside the object, where half a file would be taken for another one, and not for longer
    // than need be, because a folder here is a bucket.
    Files.createDirectories(parts);
    Path part = Files.createTempFile(parts, "", ".part");
    try {
      Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
      Files.delete(parts);
    }
  }
}
