package io.warmfold.local.cloud;

import java.util.Map;

/**
 * One thing that a call needs to be allowed.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource the ARN it is about, or {@code *}
 * @param context condition keys in lower case, with their values
 */
record Permission(String action, String resource, Map<String, String> context) {

  Permission {
    context = Map.copyOf(context);
  }

  Permission(String action, String resource) {
    this(action, resource, Map.of());
  }
}
