package io.warmfold.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmfold.search.Observation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Many observations in few items: JSON, compressed, as Base64 because items hold text. Names and
 * repeated categories cost next to nothing that way.
 */
final class Packing {

  /** An item ends at 400 KB; observations before compression, so that parts are sure to fit. */
  private static final int MOST_BYTES = 250_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Packing() {}

  /** The parts, one at least. */
  static List<String> pack(List<Observation> observations) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder("[");
    for (var observation : observations) {
      var text = json(observation).toString();
      if (part.length() > 1 && part.length() + text.length() > MOST_BYTES) {
        parts.add(compressed(part.append(']').toString()));
        part = new StringBuilder("[");
      }
      part.append(part.length() > 1 ? "," : "").append(text);
    }
    parts.add(compressed(part.append(']').toString()));
    return parts;
  }

  static List<Observation> unpack(String part) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(part)))) {
      var observations = new ArrayList<Observation>();
      MAPPER.readTree(in.readAllBytes()).forEach(one -> observations.add(observation(one)));
      return observations;
    } catch (IOException broken) {
      throw new UncheckedIOException("the ledger holds a broken part", broken);
    }
  }

  private static JsonNode json(Observation observation) {
    var node = Json.object().put("t", observation.trial()).put("k", observation.folds());
    if (observation.failed()) {
      node.put("f", true);
    }
    var values = node.putObject("v");
    new TreeMap<>(observation.hyperParameters()).forEach(values::put);
    var scores = node.putObject("s");
    // As text, because a score may be no number.
    observation
        .foldScores()
        .forEach((fold, score) -> scores.put(fold.toString(), score.toString()));
    return node;
  }

  private static Observation observation(JsonNode node) {
    var values = new TreeMap<String, String>();
    node.path("v")
        .properties()
        .forEach(value -> values.put(value.getKey(), value.getValue().textValue()));
    var scores = new TreeMap<Integer, Double>();
    node.path("s")
        .properties()
        .forEach(
            score ->
                scores.put(
                    Integer.valueOf(score.getKey()), Double.valueOf(score.getValue().textValue())));
    return new Observation(
        node.path("t").intValue(),
        values,
        scores,
        node.path("k").intValue(),
        node.path("f").booleanValue());
  }

  private static String compressed(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
