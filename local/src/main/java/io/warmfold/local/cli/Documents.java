package io.warmfold.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads JSON documents from files. */
final class Documents {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Documents() {}

  /** What is wrong, without the library's advice to its caller. */
  private static String said(JsonProcessingException broken) {
    return broken
        .getOriginalMessage()
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst(": enable `.*", "");
  }

  /**
   * The JSON of a file.
   *
   * @param what the file ought to be, with its article
   * @throws WrongInputException if it cannot be read or is no JSON, with line and column
   */
  static JsonNode read(Path file, String what) {
    try {
      if (Files.isDirectory(file)) {
        throw new WrongInputException(file + " is a folder; expected " + what);
      }
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (json == null || json.isMissingNode()) {
        throw new WrongInputException(file + " is empty; expected " + what);
      }
      return json;
    } catch (JsonProcessingException broken) {
      var where = broken.getLocation();
      throw new WrongInputException(
          file
              + (where == null ? "" : ":" + where.getLineNr() + ":" + where.getColumnNr())
              + ": not valid JSON: "
              + said(broken));
    } catch (NoSuchFileException absent) {
      throw new WrongInputException(file + ": no such file");
    } catch (AccessDeniedException forbidden) {
      throw new WrongInputException(file + " cannot be read: there is no permission to");
    } catch (IOException unreadable) {
      throw new WrongInputException(file + " cannot be read: " + unreadable.getMessage());
    }
  }
}
