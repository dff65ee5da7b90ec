package io.warmfold.local.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.aws.ServiceException;

/** The operations on tokens. Used on the timeline's thread alone. */
final class TaskCalls {

  private static final int LONGEST_TOKEN = 2048;
  private static final int LONGEST_ERROR = 256;
  private static final int LONGEST_CAUSE = 32_768;

  private final TaskTokens tokens;

  TaskCalls(TaskTokens tokens) {
    this.tokens = tokens;
  }

  JsonNode succeed(JsonNode input) {
    String output = Inputs.required(input, "output");
    Inputs.limited(output, "output");
    JsonNode result;
    try {
      result = Json.parse(output);
    } catch (JsonProcessingException e) {
      throw new ServiceException(
          "InvalidOutput", "Invalid Output: '" + e.getOriginalMessage() + "'");
    }
    waiting(input).answer(result, null);
    return Json.NODES.objectNode();
  }

  JsonNode fail(JsonNode input) {
    String error = Inputs.optional(input, "error", LONGEST_ERROR);
    String cause = Inputs.optional(input, "cause", LONGEST_CAUSE);
    waiting(input).answer(null, StateError.of(error, cause));
    return Json.NODES.objectNode();
  }

  JsonNode beat(JsonNode input) {
    waiting(input).beat();
    return Json.NODES.objectNode();
  }

  private TaskVisit waiting(JsonNode input) {
    Inputs.optional(input, "taskToken", LONGEST_TOKEN);
    return tokens.waiting(Inputs.required(input, "taskToken"));
  }
}
