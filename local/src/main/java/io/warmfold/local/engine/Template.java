package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A value of a definition with JSONata in it or without. */
sealed interface Template {

  /** A value as it stands. */
  record Constant(JsonNode value) implements Template {}

  /**
   * A string between <code>{%</code> and <code>%}</code>.
   *
   * @param location the field, as events of failed evaluations name it: {@code Output/result}
   */
  record Query(String location, Expression expression) implements Template {}

  /** An object with a query somewhere in it. */
  record Fields(Map<String, Template> fields) implements Template {}

  /** An array with a query somewhere in it. */
  record Elements(List<Template> elements) implements Template {}
}
