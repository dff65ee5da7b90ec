package io.warmfold.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.StudyDocument.Read;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a study document: its size, its shape, its defaults, its rules. */
final class StudyReader {

  /** The document and the envelope of the state machine share 256 KiB. */
  static final int MAX_BYTES = 200 * 1024;

  private static final int MAX_DEPTH = 64;

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private StudyReader() {}

  static Read read(JsonNode json) {
    var given = json == null ? MissingNode.getInstance() : json;
    var problems = new Problems();
    checkBounds(given, problems);
    if (!problems.isEmpty()) {
      return new Read.Invalid(problems.all());
    }
    if (!(StudyShape.ROOT.check(given, "", problems) instanceof ObjectNode document)) {
      return new Read.Invalid(problems.all());
    }
    var draft = new Draft(given, document, problems);
    Defaults.fill(draft);
    DataRules.check(draft);
    TuningRules.check(draft);
    SearchRules.check(draft);
    TrainingRules.check(draft);
    if (draft.builtIn()) {
      XgboostRules.check(draft);
    }
    JobRules.check(draft);
    if (problems.isEmpty()) {
      checkBounds(document, problems);
    }
    return problems.isEmpty()
        ? new Read.Valid(StudyJson.bind(document))
        : new Read.Invalid(inOrder(problems, given));
  }

  /** As the author reads: by the place in the document, what is missing behind what is there. */
  private static List<Problem> inOrder(Problems problems, JsonNode given) {
    var places = new HashMap<String, Integer>();
    number(given, "", places);
    return problems.all().stream()
        .sorted(Comparator.comparingInt(problem -> place(problem.pointer(), places)))
        .toList();
  }

  private static void number(JsonNode node, String pointer, Map<String, Integer> places) {
    node.properties()
        .forEach(
            field -> number(field.getValue(), Problems.member(pointer, field.getKey()), places));
    for (var i = 0; node.isArray() && i < node.size(); i++) {
      number(node.get(i), pointer + "/" + i, places);
    }
    places.put(pointer, places.size());
  }

  /** The number of what is there, or of the nearest that has it. */
  private static int place(String pointer, Map<String, Integer> places) {
    var at = pointer;
    while (!places.containsKey(at)) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return places.get(at);
  }

  /** What is too large or too deep is not looked into: nothing else would be safe with it. */
  private static void checkBounds(JsonNode json, Problems problems) {
    record Level(JsonNode node, int depth) {}
    var open = new ArrayDeque<Level>(List.of(new Level(json, 1)));
    while (!open.isEmpty()) {
      var level = open.pop();
      if (level.node().isPojo() || level.node().isBinary()) {
        problems.add("", level.node(), "JSON");
        return;
      }
      if (level.depth() > MAX_DEPTH) {
        problems.add("", "more than " + MAX_DEPTH + " levels", StudyShape.ROOT.expected());
        return;
      }
      level.node().forEach(child -> open.push(new Level(child, level.depth() + 1)));
    }
    try {
      var bytes = MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        problems.add("", bytes + " bytes", "at most " + MAX_BYTES + " bytes");
      }
    } catch (JsonProcessingException e) {
      problems.add("", json, "JSON");
    }
  }
}
