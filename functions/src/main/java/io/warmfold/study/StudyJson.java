package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The records of the document as JSON and back. */
final class StudyJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .build();

  private StudyJson() {}

  /** Binds JSON that has been checked and completed. */
  static StudyDocument bind(JsonNode complete) {
    try {
      return MAPPER.treeToValue(complete, StudyDocument.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a checked document did not bind: " + e.getMessage(), e);
    }
  }

  static JsonNode write(StudyDocument document) {
    return MAPPER.valueToTree(document);
  }

  static String hash(StudyDocument document) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var canonical = MAPPER.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(canonical));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
