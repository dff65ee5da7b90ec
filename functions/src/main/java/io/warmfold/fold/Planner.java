package io.warmfold.fold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Plans a split of CSV objects: lists them, learns their columns, and groups them into parts. */
final class Planner {

  private static final int MOST_PARTS = 256;

  /** A few seconds of work: with less, starting a function takes longer than what it does. */
  private static final long PART_BYTES = 256L << 20;

  private final ObjectStore store;
  private final SplitRequest request;

  Planner(ObjectStore store, SplitRequest request) {
    this.store = store;
    this.request = request;
  }

  SplitPlan run() throws IOException {
    Listing listing = new Listing(store);
    List<StoredObject> objects = new ArrayList<>();
    for (S3Location location : request.data().locations()) {
      Listing.Found found = listing.of(location);
      checkOutside(location, found);
      found.objects().stream().filter(object -> !found.hides(object)).forEach(objects::add);
    }
    if (objects.isEmpty()) {
      throw DataProblem.of(
          data(), "hidden objects only", "CSV objects whose names start with no dot or underscore");
    }
    return new SplitPlan(columns(objects), parts(objects, PART_BYTES), List.of());
  }

  private String data() {
    return request.data().locations().getFirst().toString();
  }

  /** Otherwise the shards of a first attempt would be data of the second. */
  private void checkOutside(S3Location location, Listing.Found found) {
    if (location.bucket().equals(request.bucket())
        && request.layout().shardsFolder().startsWith(found.prefix())) {
      throw DataProblem.of(
          location.toString(),
          "the folder " + new S3Location(request.bucket(), request.prefix()) + " for shards in it",
          "data in a folder that nothing else is written to");
    }
  }

  /** At most {@value #MOST_PARTS} parts of consecutive objects, of about the same size. */
  static List<SplitPlan.Part> parts(List<StoredObject> objects, long partBytes) {
    long total = objects.stream().mapToLong(StoredObject::size).sum();
    long wanted = Math.min(Math.min(MOST_PARTS, objects.size()), Math.max(1, total / partBytes));
    List<SplitPlan.Part> parts = new ArrayList<>();
    List<StoredObject> part = new ArrayList<>();
    long before = 0;
    long bytes = 0;
    long current = 0;
    for (StoredObject object : objects) {
      // An object belongs where its middle lies; in floating point, since the product may overflow.
      double middle = before + object.size() / 2.0;
      long place = Math.min(wanted - 1, (long) (middle / total * wanted));
      if (place != current && !part.isEmpty()) {
        parts.add(new SplitPlan.Part(parts.size(), bytes, part));
        part = new ArrayList<>();
        bytes = 0;
      }
      current = place;
      part.add(object);
      bytes += object.size();
      before += object.size();
    }
    parts.add(new SplitPlan.Part(parts.size(), bytes, part));
    return parts;
  }

  private Columns columns(List<StoredObject> objects) throws IOException {
    for (StoredObject object : objects) {
      try (var rows = new CsvRows(new ResumingInput(store, object), object, null)) {
        List<String> first = rows.header();
        if (!first.isEmpty()) {
          return columns(first, object.uri(), rows.line());
        }
      }
    }
    throw DataProblem.of(data(), "empty lines only", "rows of CSV");
  }

  private Columns columns(List<String> first, String uri, long line) {
    if (first.size() == 1) {
      String only = first.getFirst();
      String hint = only.contains(";") ? " by commas, not semicolons" : " by commas";
      throw DataProblem.at(
          uri,
          line,
          "one column only: " + DataProblem.shown(only),
          "a label and at least one feature, separated"
              + (only.contains("\t") ? " by commas, not tabs" : hint));
    }
    boolean hasHeader = request.data().hasHeader();
    int label =
        switch (request.data().label()) {
          case LabelColumn.Index(int index) -> index(index, first, uri, line);
          case LabelColumn.Name(String name) -> index(name, first, uri, line);
        };
    if (hasHeader && request.data().label() instanceof LabelColumn.Index && likeRow(first)) {
      throw DataProblem.at(
          uri,
          line,
          "numbers for a header: " + DataProblem.shown(String.join(",", first)),
          "column names; the line looks like a row, and \"HasHeader\": false would be right then");
    }
    return new Columns(first.size(), hasHeader ? first : List.of(), label, uri, request.numeric());
  }

  private static int index(int index, List<String> first, String uri, long line) {
    if (index >= first.size()) {
      throw DataProblem.at(
          uri,
          line,
          first.size() + " columns",
          "a label column from 0 to " + (first.size() - 1) + ", not " + index);
    }
    return index;
  }

  private int index(String name, List<String> first, String uri, long line) {
    if (!request.data().hasHeader()) {
      throw DataProblem.at(
          uri,
          line,
          "the label column " + DataProblem.shown(name) + " of data without a header",
          "\"HasHeader\": true, or the zero-based index of the column");
    }
    List<String> names = first.contains(name) ? first : first.stream().map(String::strip).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw DataProblem.at(
          uri,
          line,
          "no column " + DataProblem.shown(name),
          "a label column out of the header: " + DataProblem.shown(String.join(",", first)));
    }
    if (names.lastIndexOf(name) != index) {
      throw DataProblem.at(
          uri,
          line,
          "two columns " + DataProblem.shown(name),
          "one, or the zero-based index of the label column");
    }
    return index;
  }

  /** Numbers throughout, save distinct whole ones, which tools write as names of columns. */
  private static boolean likeRow(List<String> header) {
    Set<String> whole = new HashSet<>();
    for (String name : header) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      if (FieldGrammar.NUMBER.kindOf(bytes, 0, bytes.length) != FieldGrammar.VALUE) {
        return false;
      }
      if (name.matches("\\d+")) {
        whole.add(name);
      }
    }
    return whole.size() < header.size();
  }
}
