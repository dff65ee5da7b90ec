package io.warmfold.local.sagemaker.instance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a job's folder on this machine needs done to it. */
final class Folders {

  private static final int LONGEST_FAILURE = 1024;

  /** The folder itself and what is below it, but no path that only begins like it. */
  private static final Pattern OPT_ML = Pattern.compile("/opt/ml(?![\\w.-])");

  private Folders() {}

  /** Makes a folder that is empty. */
  static void remake(Path folder) throws IOException {
    remove(folder);
    Files.createDirectories(folder);
  }

  /** Removes a folder and everything in it; links are removed, not followed. */
  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static boolean empty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /** The first 1024 characters of a file, as SageMaker reads a failure; none when it is missing. */
  static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.length() > LONGEST_FAILURE ? text.substring(0, LONGEST_FAILURE) : text;
  }

  /** A container's path, or a text that contains some, as it is on this machine. */
  static String local(String text, Path base) {
    return OPT_ML.matcher(text).replaceAll(Matcher.quoteReplacement(base.toString()));
  }

  static List<String> local(List<String> texts, Path base) {
    return texts.stream().map(text -> local(text, base)).toList();
  }
}
