package io.warmfold.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A document whose parts have the right shape, or are missing because they had not, while it is
 * completed and its rules are checked. Places are JSON pointers. Not for several threads.
 */
final class Draft {

  static final String TUNING = "/HyperParameterTuningJobConfig";
  static final String OBJECTIVE = TUNING + "/HyperParameterTuningJobObjective";
  static final String LIMITS = TUNING + "/ResourceLimits";
  static final String RANGES = TUNING + "/ParameterRanges";
  static final String TRAINING = "/TrainingJobDefinition";
  static final String ALGORITHM = TRAINING + "/AlgorithmSpecification";
  static final String IMAGE = ALGORITHM + "/TrainingImage";
  static final String STATIC = TRAINING + "/StaticHyperParameters";
  static final String FOLDS = "/CrossValidation/Folds";
  static final String SPLITTER = "/CrossValidation/Splitter";
  static final String SHARDS = "/Data/Shards";

  private final JsonNode given;
  private final ObjectNode document;
  private final Problems problems;

  /**
   * @param given what the author wrote
   * @param document the same after its shape was checked; it is changed
   */
  Draft(JsonNode given, ObjectNode document, Problems problems) {
    this.given = given;
    this.document = document;
    this.problems = problems;
  }

  ObjectNode document() {
    return document;
  }

  JsonNode at(String pointer) {
    return document.at(pointer);
  }

  boolean has(String pointer) {
    return !at(pointer).isMissingNode();
  }

  Optional<String> text(String pointer) {
    return Optional.ofNullable(at(pointer).textValue());
  }

  OptionalInt whole(String pointer) {
    var value = at(pointer);
    return value.isInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
  }

  boolean flag(String pointer) {
    return at(pointer).booleanValue();
  }

  /** The pointers of a list's items. */
  List<String> items(String pointer) {
    return at(pointer) instanceof ArrayNode list
        ? IntStream.range(0, list.size()).mapToObj(i -> pointer + "/" + i).toList()
        : List.of();
  }

  /** Whether the author wrote something there. */
  boolean written(String pointer) {
    return !given.at(pointer).isMissingNode();
  }

  /** Whether what stands there is known to be wrong, so that no rule can say more about it. */
  boolean unsure(String pointer) {
    return problems.touch(pointer);
  }

  void problem(String pointer, String expected) {
    problems.add(pointer, given.at(pointer), expected);
  }

  void problem(String pointer, String found, String expected) {
    problems.add(pointer, found, expected);
  }

  /** Sets a field that is not there, unless it was written and is wrong. */
  void fill(String parent, String name, JsonNode value) {
    var pointer = Problems.member(parent, name);
    if (at(parent) instanceof ObjectNode object && !has(pointer) && !unsure(pointer)) {
      object.set(name, value);
    }
  }

  void fill(String parent, String name, String value) {
    fill(parent, name, JsonNodeFactory.instance.textNode(value));
  }

  void fill(String parent, String name, int value) {
    fill(parent, name, JsonNodeFactory.instance.numberNode(value));
  }

  void fill(String parent, String name, boolean value) {
    fill(parent, name, JsonNodeFactory.instance.booleanNode(value));
  }

  /** Whether the image is known to be SageMaker's own XGBoost. */
  boolean builtIn() {
    return text(IMAGE).filter(BuiltInXgboost::isImage).isPresent();
  }

  /** Whether the image is known to be another one. */
  boolean custom() {
    return has(IMAGE) && !builtIn();
  }
}
