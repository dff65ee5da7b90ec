package io.warmfold.fold;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The JSON of plans, facts and manifests. Fields of a newer release are passed over. */
final class FoldJson {

  private static final String TYPE = "application/json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private FoldJson() {}

  static void write(ObjectStore store, String bucket, String key, Object value) throws IOException {
    byte[] bytes = bytes(value);
    store.put(bucket, key, TYPE, bytes, bytes.length);
  }

  static <T> T read(ObjectStore store, String bucket, String key, Class<T> type)
      throws IOException {
    return JSON.readValue(store.get(bucket, key), type);
  }

  static byte[] bytes(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
