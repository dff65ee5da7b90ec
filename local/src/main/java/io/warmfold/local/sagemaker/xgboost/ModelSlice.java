package io.warmfold.local.sagemaker.xgboost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Cuts a model of trees down to its first rounds, by XGBoost's documented JSON format, for
 * XGBoost4J has no slice.
 */
final class ModelSlice {

  private static final JsonMapper JSON = new JsonMapper();

  private ModelSlice() {}

  /**
   * The first rounds of a model.
   *
   * @param model in JSON
   * @param rounds at least one, at most as many as the model has
   */
  static byte[] first(byte[] model, int rounds) {
    try {
      JsonNode whole = JSON.readTree(model);
      ObjectNode booster = (ObjectNode) whole.path("learner").path("gradient_booster");
      JsonNode trees = booster.path("gbtree").isObject() ? booster.path("gbtree") : booster;
      ObjectNode inner = (ObjectNode) trees.path("model");
      ArrayNode starts = (ArrayNode) inner.path("iteration_indptr");
      int kept = starts.get(rounds).intValue();
      cut(starts, rounds + 1);
      cut((ArrayNode) inner.path("trees"), kept);
      cut((ArrayNode) inner.path("tree_info"), kept);
      ((ObjectNode) inner.path("gbtree_model_param")).put("num_trees", Integer.toString(kept));
      if (booster.path("weight_drop").isArray()) {
        cut((ArrayNode) booster.path("weight_drop"), kept);
      }
      return JSON.writeValueAsBytes(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void cut(ArrayNode list, int size) {
    for (int i = list.size() - 1; i >= size; i--) {
      list.remove(i);
    }
  }
}
