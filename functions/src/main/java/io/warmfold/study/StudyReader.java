package io.warmfold.study;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.study.StudyDocument.Read;
import java.util.List;

/** Reads a study document. */
final class StudyReader {

  private StudyReader() {}

  static Read read(JsonNode json) {
    try {
      return new Read.Valid(StudyJson.bind(json));
    } catch (IllegalStateException e) {
      return new Read.Invalid(List.of(new Problem("", String.valueOf(e.getMessage()), "a study")));
    }
  }
}
