package io.warmfold.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Fills a builder of the AWS SDK from JSON in the API's own shape, so that what a user writes in a
 * study document reaches the API without a line of code for each field, and a service's answer is
 * read in the same way.
 */
public final class SdkJson {

  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();

  private SdkJson() {}

  /**
   * The object that the JSON describes.
   *
   * @throws IllegalArgumentException naming the field that the API does not have or cannot hold
   */
  public static <B extends SdkPojo & SdkBuilder<B, T>, T> T read(JsonNode json, B builder) {
    fill(json, builder, "", true);
    return builder.build();
  }

  /** A service's answer: as in the SDK, a field that it does not know yet is left out. */
  public static <B extends SdkPojo & SdkBuilder<B, T>, T> T answer(JsonNode json, B builder) {
    fill(json, builder, "", false);
    return builder.build();
  }

  private static void fill(JsonNode json, SdkPojo target, String path, boolean strict) {
    Map<String, SdkField<?>> fields =
        FIELDS.computeIfAbsent(
            target.getClass(),
            type ->
                target.sdkFields().stream()
                    .collect(Collectors.toMap(SdkField::locationName, Function.identity())));
    for (var property : json.properties()) {
      var at = path + "/" + property.getKey();
      var field = fields.get(property.getKey());
      if (field == null) {
        if (!strict) {
          continue;
        }
        throw new IllegalArgumentException(at + ": SageMaker's API has no such field");
      }
      if (!property.getValue().isNull()) {
        field.set(target, value(property.getValue(), field, at, strict));
      }
    }
  }

  private static Object value(JsonNode json, SdkField<?> field, String path, boolean strict) {
    var type = field.marshallingType().getTargetClass();
    if (type == String.class) {
      return json.asText();
    } else if (type == Integer.class) {
      return json.intValue();
    } else if (type == Long.class) {
      return json.longValue();
    } else if (type == Double.class) {
      return json.doubleValue();
    } else if (type == Float.class) {
      return json.floatValue();
    } else if (type == Boolean.class) {
      return json.booleanValue();
    } else if (type == Instant.class) {
      return Instant.ofEpochMilli(Math.round(json.doubleValue() * 1000));
    } else if (type == SdkPojo.class) {
      var nested = field.constructor().get();
      fill(json, nested, path, strict);
      return nested instanceof SdkBuilder<?, ?> builder ? builder.build() : nested;
    } else if (type == java.util.List.class) {
      var member = field.getTrait(ListTrait.class).memberFieldInfo();
      var list = new ArrayList<>();
      for (var element : json) {
        list.add(value(element, member, path + "/" + list.size(), strict));
      }
      return list;
    } else if (type == Map.class) {
      var member = field.getTrait(MapTrait.class).valueFieldInfo();
      var map = new LinkedHashMap<String, Object>();
      for (var entry : json.properties()) {
        map.put(
            entry.getKey(), value(entry.getValue(), member, path + "/" + entry.getKey(), strict));
      }
      return map;
    }
    throw new IllegalArgumentException(
        path + ": a field of type " + type + " is not expected here");
  }
}
