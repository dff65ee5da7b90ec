package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** A request of the AWS SDK as the JSON that goes over the wire. */
final class WireJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private WireJson() {}

  /**
   * What the SDK would send, without tokens by which a service knows two attempts for one request:
   * here is only one attempt.
   *
   * @throws IllegalArgumentException if there is something in it that the ledger has no use for
   */
  static ObjectNode of(SdkPojo pojo) {
    ObjectNode object = NODES.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      if (field.containsTrait(DefaultValueTrait.class)) {
        continue;
      }
      Object value = field.getValueOrDefault(pojo);
      if (value != null
          && !(value instanceof SdkAutoConstructList<?>)
          && !(value instanceof SdkAutoConstructMap<?, ?>)) {
        object.set(field.locationName(), json(value));
      }
    }
    return object;
  }

  private static JsonNode json(Object value) {
    return switch (value) {
      case SdkPojo pojo -> of(pojo);
      case String text -> NODES.textNode(text);
      case Boolean truth -> NODES.booleanNode(truth);
      case Integer number -> NODES.numberNode(number);
      case List<?> list -> {
        ArrayNode array = NODES.arrayNode(list.size());
        list.forEach(element -> array.add(json(element)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = NODES.objectNode();
        map.forEach((name, element) -> object.set((String) name, json(element)));
        yield object;
      }
      default -> throw new IllegalArgumentException("no request holds a " + value.getClass());
    };
  }
}
