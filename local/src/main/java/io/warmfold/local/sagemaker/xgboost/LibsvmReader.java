package io.warmfold.local.sagemaker.xgboost;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads libsvm files: {@code label[:weight] [qid:query] index:value …}, indices from zero. */
final class LibsvmReader {

  private final Rows rows;

  LibsvmReader(Rows rows) {
    this.rows = rows;
  }

  void read(Path file) throws IOException, UserError {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text = line.replaceFirst("#.*", "").strip();
        if (!text.isEmpty()) {
          try {
            row(text.split("\\s+"));
          } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw (UserError)
                new UserError(
                        "First line '"
                            + text.substring(0, Math.min(50, text.length()))
                            + "...' of file '"
                            + file.getFileName()
                            + "' is not 'LIBSVM' format. Please ensure the file is in 'LIBSVM'"
                            + " format.")
                    .initCause(e);
          }
        }
      }
    }
  }

  private void row(String[] tokens) {
    String[] label = tokens[0].split(":", 2);
    rows.row(Float.parseFloat(label[0]));
    if (label.length > 1) {
      rows.weight(Float.parseFloat(label[1]));
    }
    for (int i = 1; i < tokens.length; i++) {
      String[] pair = tokens[i].split(":", 2);
      if (pair[0].equals("qid")) {
        rows.query(Integer.parseInt(pair[1]));
      } else {
        int column = Integer.parseInt(pair[0]);
        rows.cell(column, (float) Double.parseDouble(pair[1]));
        rows.width(column + 1);
      }
    }
  }
}
