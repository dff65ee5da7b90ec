package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.util.List;
import java.util.Optional;

/** The model registry: groups and their versions, and packages without a group. */
final class ModelPackages {

  private static final String EVENT = "SageMaker Model Package State Change";
  private static final List<String> GROUP_SUMMARY =
      List.of(
          "ModelPackageGroupName",
          "ModelPackageGroupArn",
          "ModelPackageGroupDescription",
          "CreationTime",
          "ModelPackageGroupStatus");
  private static final List<String> SUMMARY =
      List.of(
          "ModelPackageName",
          "ModelPackageGroupName",
          "ModelPackageVersion",
          "ModelPackageArn",
          "ModelPackageDescription",
          "CreationTime",
          "ModelPackageStatus",
          "ModelApprovalStatus");

  private final Context context;
  private final Tags tags;
  private final Store groups;
  private final Store packages;

  ModelPackages(Context context, Tags tags) {
    this.context = context;
    this.tags = tags;
    this.groups = context.store("model-package-group");
    this.packages = context.store("model-package");
  }

  ObjectNode createGroup(JsonNode request) {
    String name = request.path("ModelPackageGroupName").textValue();
    String arn = context.settings().arn("model-package-group/" + name);
    if (groups.get(name).isPresent()) {
      throw Context.invalid("Model Package Group already exists: " + arn);
    }
    ObjectNode group = request.deepCopy();
    group.remove("Tags");
    tags.add(arn, request.path("Tags"));
    group.put("ModelPackageGroupArn", arn);
    group.set("CreationTime", context.now());
    group.putObject("CreatedBy");
    group.put("ModelPackageGroupStatus", "Completed");
    groups.put(name, group);
    return group.objectNode().put("ModelPackageGroupArn", arn);
  }

  ObjectNode describeGroup(JsonNode request) {
    return shown(group(request.path("ModelPackageGroupName").textValue()));
  }

  ObjectNode listGroups(JsonNode request) {
    return new Listing(
            "ModelPackageGroupName",
            "ModelPackageGroupStatus",
            "ModelPackageGroupSummaryList",
            true)
        .answer(request, groups.all(), group -> true, group -> summary(group, GROUP_SUMMARY));
  }

  void deleteGroup(JsonNode request) {
    ObjectNode group = group(request.path("ModelPackageGroupName").textValue());
    String name = group.path("ModelPackageGroupName").textValue();
    boolean used =
        packages.all().stream()
            .anyMatch(version -> version.path("ModelPackageGroupName").asText().equals(name));
    if (used) {
      throw new ServiceException(
          "ConflictException", "Model Package Group cannot be deleted while it has versions.");
    }
    tags.forget(group.path("ModelPackageGroupArn").textValue());
    groups.remove(name);
  }

  private ObjectNode group(String nameOrArn) {
    String name = nameOrArn.replaceFirst("^arn:.*:model-package-group/", "");
    return groups
        .get(name)
        .orElseThrow(
            () ->
                Context.invalid(
                    "Model Package Group does not exist: "
                        + context.settings().arn("model-package-group/" + name)));
  }

  ObjectNode create(JsonNode request) {
    boolean versioned = request.hasNonNull("ModelPackageGroupName");
    if (versioned == request.hasNonNull("ModelPackageName")) {
      throw Context.invalid(
          "You must specify exactly one of ModelPackageName and ModelPackageGroupName.");
    }
    if (!request.hasNonNull("InferenceSpecification")
        && !request.hasNonNull("SourceAlgorithmSpecification")) {
      throw Context.invalid("InferenceSpecification is required.");
    }
    Optional<ObjectNode> before = sameToken(request);
    if (before.isPresent()) {
      return answer(before.get());
    }
    ObjectNode made = request.deepCopy();
    made.remove("Tags");
    String key = versioned ? nextVersion(made) : made.path("ModelPackageName").textValue();
    if (packages.get(key).isPresent()) {
      throw new ServiceException("ConflictException", "Model Package already exists: " + key);
    }
    String arn = context.settings().arn("model-package/" + key);
    tags.add(arn, request.path("Tags"));
    made.put("ModelPackageArn", arn);
    made.set("CreationTime", context.now());
    made.put("ModelPackageStatus", "Completed");
    made.putObject("ModelPackageStatusDetails").putArray("ValidationStatuses");
    if (versioned && !made.has("ModelApprovalStatus")) {
      made.put("ModelApprovalStatus", "PendingManualApproval");
    }
    packages.put(key, made);
    emit(made);
    return answer(made);
  }

  private String nextVersion(ObjectNode made) {
    ObjectNode group = group(made.path("ModelPackageGroupName").textValue());
    String name = group.path("ModelPackageGroupName").textValue();
    made.put("ModelPackageGroupName", name);
    int version = group.path("LatestVersion").asInt(0) + 1;
    group.put("LatestVersion", version);
    groups.put(name, group);
    made.put("ModelPackageVersion", version);
    return name + "/" + version;
  }

  private Optional<ObjectNode> sameToken(JsonNode request) {
    String token = request.path("ClientToken").asText();
    return token.isEmpty()
        ? Optional.empty()
        : packages.all().stream()
            .filter(made -> made.path("ClientToken").asText().equals(token))
            .findFirst();
  }

  private static ObjectNode answer(ObjectNode made) {
    return made.objectNode().put("ModelPackageArn", made.path("ModelPackageArn").textValue());
  }

  ObjectNode describe(JsonNode request) {
    ObjectNode answer = shown(find(request.path("ModelPackageName").textValue()));
    answer.remove("ClientToken");
    return answer;
  }

  /** A model package by its name or ARN. */
  ObjectNode find(String nameOrArn) {
    String key = nameOrArn.replaceFirst("^arn:.*:model-package/", "");
    return packages
        .get(key)
        .orElseThrow(
            () ->
                Context.invalid(
                    "ModelPackage "
                        + context.settings().arn("model-package/" + key)
                        + " does not exist."));
  }

  ObjectNode update(JsonNode request) {
    ObjectNode made = find(request.path("ModelPackageArn").textValue());
    for (String member :
        List.of(
            "ModelApprovalStatus", "ApprovalDescription", "InferenceSpecification", "SourceUri")) {
      if (request.hasNonNull(member)) {
        made.set(member, request.path(member).deepCopy());
      }
    }
    ObjectNode metadata = made.withObjectProperty("CustomerMetadataProperties");
    for (var entry : request.path("CustomerMetadataProperties").properties()) {
      metadata.set(entry.getKey(), entry.getValue());
    }
    for (JsonNode key : request.path("CustomerMetadataPropertiesToRemove")) {
      metadata.remove(key.textValue());
    }
    if (metadata.isEmpty()) {
      made.remove("CustomerMetadataProperties");
    }
    made.set("LastModifiedTime", context.now());
    packages.put(made.path("StoreKey").textValue(), made);
    if (request.hasNonNull("ModelApprovalStatus")) {
      emit(made);
    }
    return answer(made);
  }

  void delete(JsonNode request) {
    ObjectNode made = find(request.path("ModelPackageName").textValue());
    tags.forget(made.path("ModelPackageArn").textValue());
    packages.remove(made.path("StoreKey").textValue());
  }

  ObjectNode list(JsonNode request) {
    String group =
        request
            .path("ModelPackageGroupName")
            .asText()
            .replaceFirst("^arn:.*:model-package-group/", "");
    String type =
        request.path("ModelPackageType").asText(group.isEmpty() ? "Unversioned" : "Versioned");
    String approval = request.path("ModelApprovalStatus").asText();
    return new Listing(
            "ModelPackageGroupName", "ModelPackageStatus", "ModelPackageSummaryList", true)
        .answer(
            request,
            packages.all(),
            made ->
                (group.isEmpty() || made.path("ModelPackageGroupName").asText().equals(group))
                    && (type.equals("Both")
                        || type.equals("Versioned") == made.has("ModelPackageVersion"))
                    && (approval.isEmpty()
                        || made.path("ModelApprovalStatus").asText().equals(approval)),
            made -> summary(made, SUMMARY));
  }

  private static ObjectNode shown(ObjectNode kept) {
    ObjectNode shown = kept.deepCopy();
    shown.remove("StoreKey");
    shown.remove("LatestVersion");
    return shown;
  }

  private static ObjectNode summary(ObjectNode kept, List<String> members) {
    ObjectNode summary = kept.objectNode();
    members.stream().filter(kept::has).forEach(member -> summary.set(member, kept.path(member)));
    return summary;
  }

  private void emit(ObjectNode made) {
    ObjectNode detail = shown(made);
    detail.remove("ClientToken");
    detail.put(
        "CreationTime", made.path("CreationTime").decimalValue().movePointRight(3).longValue());
    detail.remove("LastModifiedTime");
    String arn = made.path("ModelPackageArn").textValue();
    detail.set("Tags", tags.byKey(arn));
    context.emit(EVENT, arn, detail);
  }
}
