package io.warmfold.local.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.study.StudyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * Rows for a study whose data nobody has: a simulated job reads none, but the split reads them all.
 *
 * <p>A few hundred rows of numbers under the document's own columns. The label has two values;
 * every other column that the document names has a handful, so that groups and folds can be made of
 * it.
 */
final class MadeUpData {

  private static final int ROWS_OF_A_FOLD = 20;

  private MadeUpData() {}

  /** Removes what earlier simulations made up for their own documents. */
  static void forget(S3Folder objects) throws IOException {
    Path list = list(objects);
    if (Files.exists(list)) {
      for (String uri : Files.readAllLines(list)) {
        Files.deleteIfExists(objects.file(uri));
      }
      Files.delete(list);
    }
  }

  /** Which objects were made up: beside the buckets, where none of them can be in the way. */
  private static Path list(S3Folder objects) {
    return objects.root().resolveSibling("made-up-data.txt");
  }

  /**
   * Puts rows wherever the document expects data and there are none.
   *
   * @return the buckets that the document's data are in
   */
  static Set<String> fill(StudyDocument document, S3Folder objects) throws IOException {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    if (document.data().s3Uri() != null) {
      wanted.put(document.data().s3Uri(), document.folds() * ROWS_OF_A_FOLD);
    }
    document.data().shards().forEach(shard -> wanted.put(shard, ROWS_OF_A_FOLD));
    Set<String> buckets = new TreeSet<>();
    for (Map.Entry<String, Integer> one : wanted.entrySet()) {
      String uri = one.getKey();
      buckets.add(uri.split("/", 4)[2]);
      if (objects.list(uri).isEmpty()) {
        String object = uri.endsWith("/") ? uri + "rows.csv" : uri;
        Path file = objects.file(object);
        Files.createDirectories(file.getParent());
        Files.writeString(
            list(objects), object + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.writeString(file, rows(document, one.getValue()));
      }
    }
    return buckets;
  }

  private static String rows(StudyDocument document, int rows) {
    Map<String, IntUnaryOperator> named = new LinkedHashMap<>();
    Map<Integer, IntUnaryOperator> numbered = new LinkedHashMap<>();
    JsonNode data = document.toJson().path("Data");
    data.properties()
        .forEach(
            field -> {
              if (!field.getKey().endsWith("Column")) {
                return;
              }
              int values = values(field.getKey(), document.folds());
              IntUnaryOperator cell = row -> row % values;
              JsonNode column = field.getValue();
              if (column.isNumber() || column.asText().matches("\\d{1,9}")) {
                numbered.put(column.asInt(), cell);
              } else if (column.isTextual()) {
                named.put(column.asText(), cell);
              }
            });
    // Two columns of features, and room for the ones that the document numbers.
    int most = numbered.keySet().stream().mapToInt(index -> index + 1).max().orElse(0);
    for (int i = 0; numbered.size() < most; i++) {
      int factor = 31 + 7 * i;
      numbered.putIfAbsent(i, row -> row * factor % 97);
    }
    for (int i = 0; i < 2; i++) {
      int factor = 13 + 5 * i;
      named.put("feature" + i, row -> row * factor % 101);
    }
    StringBuilder text = new StringBuilder();
    if (document.data().hasHeader()) {
      List<String> names = new ArrayList<>();
      numbered.keySet().stream().sorted().map(index -> "column" + index).forEach(names::add);
      names.addAll(named.keySet());
      line(text, names);
    }
    for (int row = 0; row < rows; row++) {
      List<String> cells = new ArrayList<>();
      for (int index = 0; index < numbered.size(); index++) {
        cells.add(Integer.toString(numbered.get(index).applyAsInt(row)));
      }
      for (IntUnaryOperator cell : named.values()) {
        cells.add(Integer.toString(cell.applyAsInt(row)));
      }
      line(text, cells);
    }
    return text.toString();
  }

  private static int values(String field, int folds) {
    return switch (field) {
      case "LabelColumn" -> 2;
      case "FoldColumn" -> folds;
      default -> 4 * folds;
    };
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(MadeUpData::quoted).collect(Collectors.joining(",")))
        .append('\n');
  }

  private static String quoted(String cell) {
    return cell.matches("[A-Za-z0-9_. -]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
