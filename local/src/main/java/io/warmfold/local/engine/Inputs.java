package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.aws.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Takes a request apart and refuses what the API would refuse. */
final class Inputs {

  private static final int DEFAULT_PAGE = 100;
  private static final int LARGEST_PAGE = 1000;
  private static final int LONGEST_NAME = 80;

  private Inputs() {}

  static String required(JsonNode input, String field) {
    String value = optional(input, field);
    if (value == null) {
      throw invalid("null", field, "Member must not be null");
    }
    if (value.isEmpty()) {
      throw invalid("''", field, "Member must have length greater than or equal to 1");
    }
    return value;
  }

  /** An optional string, or null. */
  static String optional(JsonNode input, String field) {
    JsonNode value = input.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new ServiceException("SerializationException", field + " has to be a string");
    }
    return value.textValue();
  }

  /** An optional string of at most so many characters, or null. */
  static String optional(JsonNode input, String field, int longest) {
    String value = optional(input, field);
    if (value != null && value.length() > longest) {
      throw tooLong(field, longest);
    }
    return value;
  }

  /** An ARN of Step Functions. */
  static String arn(JsonNode input, String field) {
    String arn = required(input, field);
    if (!arn.startsWith("arn:")) {
      throw new ServiceException("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: " + arn + "'");
    }
    return arn;
  }

  /** A JSON text within the limit on payloads. */
  static void limited(String text, String field) {
    if (Payload.tooLarge(text)) {
      throw tooLong(field, Payload.LIMIT);
    }
  }

  /** Whether the API takes a name for an execution. */
  static boolean name(String name) {
    return name.length() <= LONGEST_NAME
        && name.codePoints()
            .allMatch(
                c ->
                    !Character.isWhitespace(c)
                        && !Character.isISOControl(c)
                        && c < Character.MIN_SURROGATE
                        && "<>{}[]?*\"#%\\^|~`$&,;:/".indexOf(c) < 0);
  }

  static int pageSize(JsonNode input) {
    int size = input.path("maxResults").asInt(0);
    if (size < 0 || size > LARGEST_PAGE) {
      String bound = size < 0 ? "greater than or equal to 0" : "less than or equal to 1000";
      throw invalid("'" + size + "'", "maxResults", "Member must have value " + bound);
    }
    return size == 0 ? DEFAULT_PAGE : size;
  }

  /**
   * Where a page starts: what an earlier {@link #token} was made from.
   *
   * @param first where the first page starts
   * @param most the largest position that there is
   */
  static int position(JsonNode input, int first, int most) {
    String token = optional(input, "nextToken");
    if (token == null) {
      return first;
    }
    try {
      String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("page:")) {
        int position = Integer.parseInt(text.substring("page:".length()));
        if (position >= 0 && position <= most) {
          return position;
        }
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the refusal.
    }
    throw new ServiceException("InvalidToken", "Invalid Token: 'Invalid token'");
  }

  static String token(long position) {
    return Base64.getEncoder()
        .encodeToString(("page:" + position).getBytes(StandardCharsets.UTF_8));
  }

  private static ServiceException tooLong(String field, int longest) {
    return new ServiceException(
        "ValidationException",
        "1 validation error detected: Value at '"
            + field
            + "' failed to satisfy constraint: Member must have length less than or equal to "
            + longest);
  }

  private static ServiceException invalid(String value, String field, String constraint) {
    return new ServiceException(
        "ValidationException",
        "1 validation error detected: Value "
            + value
            + " at '"
            + field
            + "' failed to satisfy constraint: "
            + constraint);
  }
}
