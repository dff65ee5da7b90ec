package io.warmfold.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema and the tables in docs are written from what the reader knows: after a change of the
 * document run this test with {@code -Dwarmfold.regenerate=true}.
 */
class StudySchemaTest {

  private static final Path SCHEMA = Path.of("../docs/study.schema.json");
  private static final Path GUIDE = Path.of("../docs/write-a-study.md");
  private static final String BEGIN = "<!-- fields: written by StudySchemaTest -->\n";
  private static final String END = "<!-- end of fields -->";
  private static final boolean REGENERATE = Boolean.getBoolean("warmfold.regenerate");

  @Test
  void theSchemaIsWhatTheReaderKnows() throws IOException {
    var written =
        Documents.JSON
                .writer(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(StudySchema.schema())
            + "\n";
    if (REGENERATE) {
      Files.writeString(SCHEMA, written);
    }
    assertThat(Documents.node(Files.readString(SCHEMA))).isEqualTo(Documents.node(written));
  }

  @Test
  void theGuideHasEveryField() throws IOException {
    var guide = Files.readString(GUIDE);
    var head = guide.substring(0, guide.indexOf(BEGIN) + BEGIN.length());
    var tail = guide.substring(guide.indexOf(END));
    var written = head + "\n" + StudySchema.tables() + "\n" + tail;
    if (REGENERATE) {
      Files.writeString(GUIDE, written);
    }
    assertThat(Files.readString(GUIDE)).isEqualTo(written);
  }

  @Test
  void everyFieldIsDescribed() {
    StudySchema.forEachField(
        (place, field) -> {
          assertThat(field.description()).as(place).endsWith(".").hasSizeGreaterThan(5);
          assertThat(
                  field.required()
                      || field.fallback() != null
                      || field.shape() instanceof MapShape
                      || field.shape() instanceof ListShape
                      || field.description().contains("efault")
                      || field.description().contains("equired")
                      || place.startsWith("Transform.DataProcessing.")
                      || place.equals("Data.Shards"))
              .as("%s says what happens without it", place)
              .isTrue();
        });
  }

  /** What is read arrives in the document, and what the document has can be written. */
  @Test
  void theRecordsHaveTheSameFields() {
    Set<String> places = new TreeSet<>();
    StudySchema.forEachField((place, _) -> places.add(place));
    Set<String> components = new TreeSet<>();
    collect(StudyDocument.class, "", components);

    assertThat(components).isEqualTo(places);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesPassBoth(Path path) throws IOException {
    var document = Documents.node(Files.readString(path));

    assertThat(schema().validate(document)).isEmpty();
    assertThat(Documents.problems(document)).isEmpty();
    assertThat(schema().validate(Documents.valid(document).toJson())).as("canonical").isEmpty();
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../events"))) {
      var examples = files.filter(StudySchemaTest::isStudy).sorted().toList();
      assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
      return examples;
    }
  }

  private static boolean isStudy(Path path) {
    try {
      return path.toString().endsWith(".json")
          && Documents.node(Files.readString(path)).has("StudyName")
          && Documents.node(Files.readString(path)).has("TrainingJobDefinition");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("io.warmfold.study.BrokenDocumentsTest#broken")
  void theSchemaRefusesBrokenShapesAndLeavesTheRulesToTheReader(BrokenDocuments broken) {
    JsonNode document = broken.document();

    assertThat(schema().validate(document).isEmpty()).isEqualTo(!broken.structural());
  }

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(StudySchema.schema());
  }

  private static void collect(Class<?> type, String place, Set<String> places) {
    for (var component : type.getRecordComponents()) {
      var name = name(component);
      var at = place.isEmpty() ? name : place + "." + name;
      places.add(at);
      var inner = record(component.getGenericType());
      if (inner != null) {
        collect(inner, component.getType() == List.class ? at + "[ ]" : at, places);
      }
    }
  }

  private static String name(RecordComponent component) {
    var renamed = component.getAccessor().getAnnotation(JsonProperty.class);
    if (renamed != null) {
      return renamed.value();
    }
    var name = component.getName();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** The record that a component is, or that it is a list of. */
  private static Class<?> record(Type type) {
    return switch (type) {
      case Class<?> one when one.isRecord() -> one;
      case ParameterizedType list when list.getRawType() == List.class ->
          record(list.getActualTypeArguments()[0]);
      default -> null;
    };
  }
}
