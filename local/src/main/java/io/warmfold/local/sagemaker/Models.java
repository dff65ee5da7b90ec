package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.aws.ServiceException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Models: an image and a model archive under a name. */
final class Models {

  private final Context context;
  private final S3Folder objects;
  private final Tags tags;
  private final ModelPackages packages;
  private final Store store;

  Models(Context context, S3Folder objects, Tags tags, ModelPackages packages) {
    this.context = context;
    this.objects = objects;
    this.tags = tags;
    this.packages = packages;
    this.store = context.store("model");
  }

  ObjectNode create(JsonNode request) {
    String name = request.path("ModelName").textValue();
    String arn = context.settings().arn("model/" + name);
    if (store.get(name).isPresent()) {
      throw Context.invalid("Cannot create already existing model \"" + arn + "\".");
    }
    boolean one = request.hasNonNull("PrimaryContainer");
    if (one == (request.path("Containers").size() > 0)) {
      throw Context.invalid("You must specify exactly one of PrimaryContainer and Containers.");
    }
    if (!request.hasNonNull("ExecutionRoleArn")) {
      throw Context.invalid("ExecutionRoleArn is required.");
    }
    ObjectNode model = request.deepCopy();
    model.remove("Tags");
    if (one) {
      resolve((ObjectNode) model.path("PrimaryContainer"));
    } else {
      model.path("Containers").forEach(container -> resolve((ObjectNode) container));
    }
    if (!model.has("EnableNetworkIsolation")) {
      model.put("EnableNetworkIsolation", false);
    }
    tags.add(arn, request.path("Tags"));
    model.set("CreationTime", context.now());
    model.put("ModelArn", arn);
    store.put(name, model);
    return model.objectNode().put("ModelArn", arn);
  }

  private void resolve(ObjectNode container) {
    if (container.hasNonNull("ModelPackageName")) {
      ObjectNode version = packages.find(container.path("ModelPackageName").textValue());
      if (!version.path("ModelApprovalStatus").asText("Approved").equals("Approved")) {
        throw Context.invalid(
            "Cannot create a model from model package "
                + version.path("ModelPackageArn").asText()
                + ": its approval status is "
                + version.path("ModelApprovalStatus").asText()
                + ".");
      }
      return;
    }
    if (!container.hasNonNull("Image")) {
      throw Context.invalid("A container needs an Image or a ModelPackageName.");
    }
    String data = container.path("ModelDataUrl").asText();
    if (!data.isEmpty() && !exists(data)) {
      throw Context.invalid(
          "Could not find model data at "
              + data
              + ". Please make sure that the object exists and that the role can read it.");
    }
  }

  private boolean exists(String uri) {
    try {
      return Files.isRegularFile(objects.file(uri));
    } catch (IllegalArgumentException e) {
      throw (ServiceException) Context.invalid("Not an S3 URI: " + uri).initCause(e);
    }
  }

  /** A model whose containers name image and data; those of a model package are filled in. */
  Optional<ObjectNode> find(String name) {
    return store
        .get(name)
        .map(
            kept -> {
              ObjectNode model = kept.deepCopy();
              ArrayNode containers = model.withArrayProperty("Containers");
              if (model.has("PrimaryContainer")) {
                containers.add(model.path("PrimaryContainer"));
              }
              for (JsonNode container : containers) {
                if (container.hasNonNull("ModelPackageName")) {
                  JsonNode first =
                      packages
                          .find(container.path("ModelPackageName").textValue())
                          .path("InferenceSpecification")
                          .path("Containers")
                          .path(0);
                  ((ObjectNode) container).setAll((ObjectNode) first);
                }
              }
              return model;
            });
  }

  ObjectNode describe(JsonNode request) {
    ObjectNode answer = existing(request).deepCopy();
    answer.remove("StoreKey");
    return answer;
  }

  void delete(JsonNode request) {
    ObjectNode model = existing(request);
    tags.forget(model.path("ModelArn").textValue());
    store.remove(model.path("ModelName").textValue());
  }

  private ObjectNode existing(JsonNode request) {
    String name = request.path("ModelName").textValue();
    return store
        .get(name)
        .orElseThrow(
            () ->
                Context.invalid(
                    "Could not find model \"" + context.settings().arn("model/" + name) + "\"."));
  }

  ObjectNode list(JsonNode request) {
    return new Listing("ModelName", "ModelName", "Models", true)
        .answer(
            request,
            store.all(),
            model -> true,
            model -> {
              ObjectNode summary = model.objectNode();
              for (String member : List.of("ModelName", "ModelArn", "CreationTime")) {
                summary.set(member, model.path(member));
              }
              return summary;
            });
  }
}
