package io.warmfold.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a part of the document looks like: the one description from which the reader checks, and
 * from which the JSON Schema and the table of fields are written. Immutable.
 */
sealed interface Shape permits ObjectShape, ListShape, MapShape, Leaf {

  /**
   * Checks a value and completes it.
   *
   * @return the value with its defaults filled in and in canonical form, without the parts that are
   *     wrong; null if nothing of it can be used
   */
  JsonNode check(JsonNode value, String pointer, Problems problems);

  /** What would be right, to follow "expected". */
  String expected();

  /** The same as JSON Schema, draft 2020-12. */
  ObjectNode schema();
}
