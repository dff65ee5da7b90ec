package io.warmfold.local.simulation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.study.StudyDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * The surrogates that are built in: real cross-validations of real models, whose tables
 * bench/study/pack.py packed. A study document for each is in events/simulations.
 */
public final class Surrogates {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
          .build();

  private static final List<String> NAMES =
      List.of("boosting-diabetes", "svc-cancer", "svc-digits", "svr-diabetes", "tree-diabetes");

  private Surrogates() {}

  /** What {@link #named} knows, in alphabetical order. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The surrogate of that name.
   *
   * @throws ObjectiveException if there is none; the message lists the names
   */
  static Objective named(String name) {
    return new Surrogate(table(name));
  }

  /**
   * The surrogate of that name for a study.
   *
   * @throws ObjectiveException if there is none, or the study has other folds, or takes better for
   *     worse
   */
  public static Objective named(String name, StudyDocument document) {
    SurrogateTable table = table(name);
    String type = document.direction().label();
    if (!table.direction().equals(type)) {
      throw new ObjectiveException(
          "The surrogate %s is of %s, which is to be %sd, so the objective's Type must be %s; it is %s."
              .formatted(
                  name,
                  table.metric(),
                  table.direction().toLowerCase(Locale.ROOT),
                  table.direction(),
                  type));
    }
    if (table.folds() != document.folds()) {
      throw new ObjectiveException(
          "The surrogate %s has %d folds, so the document's Folds must be %d; it is %d."
              .formatted(name, table.folds(), table.folds(), document.folds()));
    }
    return new Surrogate(table);
  }

  static SurrogateTable table(String name) {
    if (!NAMES.contains(name)) {
      throw new ObjectiveException(
          "There is no surrogate named '%s'; there are %s.".formatted(name, sentence(NAMES)));
    }
    try (InputStream packed = Surrogates.class.getResourceAsStream(name + ".json.gz");
        InputStream json = new GZIPInputStream(packed)) {
      return MAPPER.readValue(json, SurrogateTable.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the table of " + name, e);
    }
  }

  static String sentence(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }
}
