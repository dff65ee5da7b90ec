package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.report.HtmlReport;
import io.warmfold.report.Locations;
import io.warmfold.report.ResultDocument;
import io.warmfold.report.TrialsCsv;
import io.warmfold.report.TrialsJsonl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The report of a study as files under {@code DIR/reports/}, also while it runs. The ones that a
 * closed study has in its bucket are its own; these are made from the ledger whenever wanted.
 */
final class ReportFiles {

  private final Path folder;

  ReportFiles(Path work) {
    this.folder = work.resolve("reports");
  }

  /** The page of a study, whether it exists or not. */
  Path page(String studyName) {
    return folder.resolve(studyName).resolve("report.html");
  }

  /** The result document of a study, whether it exists or not. */
  Path result(String studyName) {
    return folder.resolve(studyName).resolve("result.json");
  }

  /**
   * Writes all files.
   *
   * @return the result document
   */
  ObjectNode write(StudySnapshot snapshot, Locations locations) throws IOException {
    Path own = Files.createDirectories(page(snapshot.study().studyName()).getParent());
    ObjectNode result = ResultDocument.of(snapshot, locations);
    put(own.resolve("trials.csv"), TrialsCsv.of(snapshot));
    put(own.resolve("trials.jsonl"), TrialsJsonl.of(snapshot));
    put(own.resolve("report.html"), HtmlReport.of(snapshot, locations));
    put(own.resolve("result.json"), result.toPrettyString() + "\n");
    return result;
  }

  // A browser may be reading the old one.
  private static void put(Path file, String text) throws IOException {
    // Not a temporary file, which nobody but its owner may read.
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
