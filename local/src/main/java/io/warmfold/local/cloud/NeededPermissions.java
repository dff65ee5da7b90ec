package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What IAM asks for a call of one of the JSON services, after AWS's service authorization
 * reference.
 */
final class NeededPermissions {

  private static final String TO_SAGEMAKER = "sagemaker.amazonaws.com";

  private final String region;
  private final String account;

  NeededPermissions(String region, String account) {
    this.region = region;
    this.account = account;
  }

  /**
   * The permissions that a call needs.
   *
   * @param service as botocore names it
   */
  List<Permission> of(String service, String operation, JsonNode input) {
    return switch (service) {
      case "dynamodb" -> dynamoDb(operation, input);
      case "sagemaker" -> sageMaker(operation, input);
      case "stepfunctions" -> stepFunctions(operation, input);
      // IAM writes this one in another way.
      case "service-quotas" -> List.of(new Permission("servicequotas:" + operation, "*"));
      default -> List.of(new Permission(service + ":" + operation, "*"));
    };
  }

  private List<Permission> dynamoDb(String operation, JsonNode input) {
    List<Permission> needed = new ArrayList<>();
    switch (operation) {
      case "TransactWriteItems" -> {
        for (JsonNode item : input.path("TransactItems")) {
          for (Map.Entry<String, JsonNode> write : item.properties()) {
            String action =
                write.getKey().equals("ConditionCheck")
                    ? "ConditionCheckItem"
                    : write.getKey() + "Item";
            needed.add(new Permission("dynamodb:" + action, table(write.getValue())));
          }
        }
      }
      case "TransactGetItems" -> {
        for (JsonNode item : input.path("TransactItems")) {
          needed.add(new Permission("dynamodb:GetItem", table(item.path("Get"))));
        }
      }
      case "BatchGetItem", "BatchWriteItem" ->
          input
              .path("RequestItems")
              .fieldNames()
              .forEachRemaining(
                  name -> needed.add(new Permission("dynamodb:" + operation, tableArn(name))));
      case "ListTables", "DescribeLimits" ->
          needed.add(new Permission("dynamodb:" + operation, "*"));
      default -> {
        String index = input.path("IndexName").asText("");
        String resource = index.isEmpty() ? table(input) : table(input) + "/index/" + index;
        needed.add(new Permission("dynamodb:" + operation, resource));
      }
    }
    return needed.stream().distinct().toList();
  }

  private String table(JsonNode input) {
    return tableArn(input.path("TableName").asText());
  }

  private String tableArn(String nameOrArn) {
    return nameOrArn.startsWith("arn:") ? nameOrArn : arn("dynamodb", "table/" + nameOrArn);
  }

  private List<Permission> sageMaker(String operation, JsonNode input) {
    String action = "sagemaker:" + operation;
    String resource = sageMakerResource(operation, input);
    List<Permission> needed = new ArrayList<>();
    needed.add(new Permission(action, resource));
    if (operation.equals("CreateModelPackage") && input.has("ModelPackageGroupName")) {
      // IAM lists both as what the action is checked against, and does not say when.
      needed.add(new Permission(action, sageMakerResource("CreateModelPackageGroup", input)));
    }
    if (operation.startsWith("Create")) {
      if (!input.path("Tags").isEmpty()) {
        needed.add(new Permission("sagemaker:AddTags", resource, tagKeys(input.path("Tags"))));
      }
      for (String role : List.of("RoleArn", "ExecutionRoleArn")) {
        if (input.has(role)) {
          needed.add(
              new Permission(
                  "iam:PassRole",
                  input.get(role).asText(),
                  Map.of("iam:passedtoservice", TO_SAGEMAKER)));
        }
      }
    }
    return needed;
  }

  private static Map<String, String> tagKeys(JsonNode tags) {
    Map<String, String> context = new TreeMap<>();
    for (JsonNode tag : tags) {
      context.put(
          "aws:requesttag/" + tag.path("Key").asText().toLowerCase(Locale.ROOT),
          tag.path("Value").asText());
    }
    return context;
  }

  private String sageMakerResource(String operation, JsonNode input) {
    if (operation.endsWith("Tags") && input.has("ResourceArn")) {
      return input.get("ResourceArn").asText();
    }
    String what = operation.replaceFirst("^(Create|Describe|Stop|Update|Delete|List)", "");
    return switch (what) {
      case "TrainingJob" -> named("training-job", input.path("TrainingJobName"));
      case "ProcessingJob" -> named("processing-job", input.path("ProcessingJobName"));
      case "TransformJob" -> named("transform-job", input.path("TransformJobName"));
      case "Model" -> named("model", input.path("ModelName"));
      case "ModelPackageGroup" -> {
        String group = input.path("ModelPackageGroupName").asText();
        yield group.startsWith("arn:") ? group : arn("sagemaker", "model-package-group/" + group);
      }
      case "ModelPackage", "ModelPackages" -> modelPackage(input);
      default -> "*";
    };
  }

  private String modelPackage(JsonNode input) {
    String one = input.path("ModelPackageName").asText(input.path("ModelPackageArn").asText(""));
    String group = input.path("ModelPackageGroupName").asText("");
    group = group.substring(group.lastIndexOf('/') + 1);
    if (one.startsWith("arn:")) {
      return one;
    }
    return arn("sagemaker", "model-package/" + (one.isEmpty() ? group + "/*" : one));
  }

  private String named(String kind, JsonNode name) {
    return arn("sagemaker", kind + "/" + name.asText().toLowerCase(Locale.ROOT));
  }

  private List<Permission> stepFunctions(String operation, JsonNode input) {
    String resource = "*";
    for (String field : List.of("stateMachineArn", "executionArn", "mapRunArn", "resourceArn")) {
      if (input.has(field)) {
        resource = input.get(field).asText();
        break;
      }
    }
    return List.of(new Permission("states:" + operation, resource));
  }

  private String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
