package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The queues that take what could not be handled: a file of JSON lines each. Thread-safe. */
final class DeadLetters {

  private final Path folder;

  DeadLetters(Path folder) {
    this.folder = folder;
  }

  /** The name of a queue. */
  static String name(String queueArn) {
    return queueArn.substring(queueArn.lastIndexOf(':') + 1);
  }

  /** Puts a message at the end of a queue. */
  synchronized void send(String queueArn, JsonNode message) {
    String name = name(queueArn);
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(name + ".jsonl"),
          message + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
