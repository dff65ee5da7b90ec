package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;

/** The tags of every resource, by its ARN. */
final class Tags {

  private static final int MOST = 50;

  private final Context context;
  private final Store store;

  Tags(Context context) {
    this.context = context;
    this.store = context.store("tags");
  }

  /** Adds tags to a resource; one with the same key is replaced. */
  void add(String arn, JsonNode tags) {
    if (tags.isEmpty()) {
      return;
    }
    ObjectNode kept = store.get(arn).orElseGet(this::none);
    ObjectNode byKey = (ObjectNode) kept.path("Tags");
    for (JsonNode tag : tags) {
      byKey.put(tag.path("Key").textValue(), tag.path("Value").textValue());
    }
    if (byKey.size() > MOST) {
      throw new ServiceException(
          "ResourceLimitExceeded", "A resource can have at most " + MOST + " tags.");
    }
    store.put(arn, kept);
  }

  void remove(String arn, JsonNode keys) {
    store
        .get(arn)
        .ifPresent(
            kept -> {
              keys.forEach(key -> ((ObjectNode) kept.path("Tags")).remove(key.textValue()));
              store.put(arn, kept);
            });
  }

  void forget(String arn) {
    store.remove(arn);
  }

  /** A resource's tags as an object of key and value. */
  ObjectNode byKey(String arn) {
    return (ObjectNode) store.get(arn).orElseGet(this::none).path("Tags").deepCopy();
  }

  /** A resource's tags as the wire has them. */
  ArrayNode list(String arn) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (var tag : byKey(arn).properties()) {
      list.addObject().put("Key", tag.getKey()).set("Value", tag.getValue());
    }
    return list;
  }

  private ObjectNode none() {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    none.set("CreationTime", context.now());
    none.putObject("Tags");
    return none;
  }
}
