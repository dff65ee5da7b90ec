package io.warmfold.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.StudyDocument.Read;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever the JSON, reading it answers: a document that reads again, or problems that can be
 * shown.
 */
class HostileJsonTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> POINTERS = new ArrayList<>();

  static {
    collect(Documents.json(Documents.SMALL), "");
    collect(Documents.json(Documents.LARGE), "");
  }

  @Property(tries = 200)
  void answersToAnyJson(@ForAll("json") JsonNode json) {
    check(json);
  }

  @Property(tries = 500)
  void answersToAnyDocumentWithTwoPartsReplaced(
      @ForAll boolean large,
      @ForAll("pointers") String first,
      @ForAll("pointers") String second,
      @ForAll("json") JsonNode one,
      @ForAll("json") JsonNode other) {
    var document = Documents.json(large ? Documents.LARGE : Documents.SMALL);
    replace(document, first, one);
    replace(document, second, other);
    check(document);
  }

  private static void check(JsonNode json) {
    var before = json.deepCopy();
    switch (StudyDocument.read(json)) {
      case Read.Valid(var document) -> {
        assertThat(StudyDocument.read(document.toJson())).isEqualTo(new Read.Valid(document));
        assertThat(document.contentHash()).hasSize(64);
      }
      case Read.Invalid(var problems) -> {
        assertThat(problems).isNotEmpty();
        for (var problem : problems) {
          assertThat(JsonPointer.valueOf(problem.pointer())).isNotNull();
          assertThat(problem.found().codePoints().noneMatch(Character::isISOControl)).isTrue();
          assertThat(problem.found().length()).isLessThan(200);
          assertThat(problem.expected()).isNotBlank();
        }
        assertThat(new FixInputException(problems).getMessage().length()).isLessThan(32_000);
      }
    }
    assertThat(json.equals(before)).as("the input is left alone").isTrue();
  }

  private static void replace(ObjectNode document, String pointer, JsonNode value) {
    var at = JsonPointer.compile(pointer);
    if (document.at(at.head()).isContainerNode() && !document.at(at).isMissingNode()) {
      Documents.set(document, pointer, value);
    }
  }

  @Provide
  Arbitrary<String> pointers() {
    return Arbitraries.of(POINTERS);
  }

  @Provide
  Arbitrary<JsonNode> json() {
    var leaves =
        Arbitraries.oneOf(
            Arbitraries.of(
                NODES.nullNode(),
                NODES.booleanNode(true),
                NODES.numberNode(Double.NaN),
                NODES.numberNode(Double.NEGATIVE_INFINITY),
                NODES.numberNode(Float.MAX_VALUE),
                NODES.numberNode(new BigDecimal("1e1000000000")),
                NODES.numberNode(new BigDecimal("-1e-1000000000")),
                NODES.numberNode(BigInteger.TEN.pow(400)),
                NODES.numberNode(-0.0),
                NODES.arrayNode(),
                NODES.objectNode(),
                MissingNode.getInstance(),
                NODES.pojoNode("not JSON"),
                NODES.binaryNode(new byte[] {1}),
                NODES.textNode("\ud800"),
                NODES.textNode("\u0000\n\u202e"),
                NODES.textNode("s3://bucket/"),
                NODES.textNode("(((((((((((a+)+)+)+)+)+)+)+)+)+)+"),
                NODES.textNode("-".repeat(5000)),
                NODES.textNode("1e9999"),
                NODES.textNode("Grid")),
            Arbitraries.strings().ofMaxLength(70).map(NODES::textNode),
            Arbitraries.integers().map(NODES::numberNode),
            Arbitraries.doubles().map(NODES::numberNode));
    return Arbitraries.recursive(
            () -> leaves.map(JsonNode.class::cast),
            inner ->
                Arbitraries.oneOf(
                    inner.list().ofMaxSize(4).map(items -> NODES.arrayNode().addAll(items)),
                    Arbitraries.maps(names(), inner)
                        .ofMaxSize(5)
                        .map(
                            fields -> {
                              var object = NODES.objectNode();
                              fields.forEach(object::set);
                              return object;
                            })),
            0,
            3)
        .map(JsonNode.class::cast);
  }

  /** Names that the document knows, at any place, and names that nobody knows. */
  private static Arbitrary<String> names() {
    var known =
        POINTERS.stream().map(pointer -> pointer.substring(pointer.lastIndexOf('/') + 1)).toList();
    return Arbitraries.oneOf(
        Arbitraries.of(known),
        Arbitraries.strings().ofMaxLength(12),
        Arbitraries.of("", "~", "/", "a/b~c", "\ud800", "$ref", "__proto__", "x".repeat(3000)));
  }

  private static void collect(JsonNode node, String pointer) {
    if (!pointer.isEmpty()) {
      POINTERS.add(pointer);
    }
    node.properties().forEach(field -> collect(field.getValue(), pointer + "/" + field.getKey()));
    for (var i = 0; i < node.size() && node.isArray(); i++) {
      collect(node.get(i), pointer + "/" + i);
    }
  }
}
