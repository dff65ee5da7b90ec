package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.report.Words;
import io.warmfold.study.Problem;
import io.warmfold.study.StudyDocument;
import java.nio.file.Path;
import java.util.List;

/**
 * A document that has been found right.
 *
 * @param json as its author wrote it
 */
record Checked(JsonNode json, StudyDocument document) {

  /**
   * Reads a document and checks it.
   *
   * @throws WrongInputException with all problems
   */
  static Checked read(Path file) {
    JsonNode json = Documents.read(file, "a study document");
    return switch (StudyDocument.read(json)) {
      case StudyDocument.Read.Valid(var document) -> new Checked(json, document);
      case StudyDocument.Read.Invalid(var problems) -> throw wrong(file, problems);
    };
  }

  /** What the study runs at most, in words: trials × folds on slots. */
  String size() {
    return Words.count(document.maxTrials(), "trial")
        + " × "
        + Words.count(document.folds(), "fold")
        + " on "
        + Words.count(document.slots(), "slot");
  }

  static WrongInputException wrong(Path file, List<Problem> problems) {
    return new WrongInputException(
        problems.size() == 1
            ? file + " has a problem:"
            : file + " has " + problems.size() + " problems:",
        problems);
  }
}
