package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads policies as templates write them. */
final class PolicyReader {

  /** What AWS's managed policies allow, as far as functions and state machines are given them. */
  private static final Map<String, List<String>> MANAGED =
      Map.of(
          "AWSLambdaBasicExecutionRole",
          List.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
          "AWSXRayDaemonWriteAccess",
          List.of(
              "xray:PutTraceSegments",
              "xray:PutTelemetryRecords",
              "xray:GetSamplingRules",
              "xray:GetSamplingTargets",
              "xray:GetSamplingStatisticSummaries"),
          "AWSXrayWriteOnlyAccess",
          List.of(
              "xray:PutTraceSegments",
              "xray:PutTelemetryRecords",
              "xray:GetSamplingRules",
              "xray:GetSamplingTargets",
              "xray:GetSamplingStatisticSummaries"),
          "CloudWatchLambdaInsightsExecutionRolePolicy",
          List.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"));

  private static final Set<String> STATEMENT_KEYS =
      Set.of("Sid", "Effect", "Action", "Resource", "Condition");

  private PolicyReader() {}

  /** SAM's {@code Policies}: names of managed policies and inline documents. */
  static List<Policy.Statement> samPolicies(JsonNode policies, String place) {
    List<Policy.Statement> statements = new ArrayList<>();
    int i = 0;
    for (JsonNode policy : many(policies)) {
      String inner = place + "/" + i++;
      if (policy.isTextual()) {
        statements.add(managed(policy.textValue(), inner));
      } else if (policy.has("Statement")) {
        statements.addAll(document(policy, inner));
      } else {
        throw new TemplateException(
            inner, "is a policy template of SAM, which is not known here; write a Statement");
      }
    }
    return statements;
  }

  /** The {@code Policies} and {@code ManagedPolicyArns} of an AWS::IAM::Role. */
  static List<Policy.Statement> role(JsonNode properties, String place) {
    List<Policy.Statement> statements = new ArrayList<>();
    int i = 0;
    for (JsonNode policy : properties.path("Policies")) {
      String inner = place + "/Policies/" + i++ + "/PolicyDocument";
      statements.addAll(document(policy.path("PolicyDocument"), inner));
    }
    for (JsonNode arn : properties.path("ManagedPolicyArns")) {
      statements.add(managed(arn.asText(), place + "/ManagedPolicyArns"));
    }
    return statements;
  }

  static Policy.Statement managed(String nameOrArn, String place) {
    String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    List<String> actions = MANAGED.get(name);
    if (actions == null) {
      throw new TemplateException(
          place, "names the managed policy " + name + ", which is not known here");
    }
    return new Policy.Statement(true, actions, List.of("*"), List.of());
  }

  private static List<Policy.Statement> document(JsonNode document, String place) {
    List<Policy.Statement> statements = new ArrayList<>();
    int i = 0;
    for (JsonNode statement : many(document.path("Statement"))) {
      statements.add(statement(statement, place + "/Statement/" + i++));
    }
    return statements;
  }

  private static Policy.Statement statement(JsonNode statement, String place) {
    for (Map.Entry<String, JsonNode> entry : statement.properties()) {
      if (!STATEMENT_KEYS.contains(entry.getKey())) {
        throw new TemplateException(place, entry.getKey() + " is not known here");
      }
    }
    String effect = statement.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new TemplateException(place, "Effect must be Allow or Deny");
    }
    List<Policy.Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, JsonNode> operator : statement.path("Condition").properties()) {
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        try {
          conditions.add(
              new Policy.Condition(operator.getKey(), key.getKey(), texts(key.getValue())));
        } catch (IllegalArgumentException e) {
          throw new TemplateException(place + "/Condition", e.getMessage());
        }
      }
    }
    return new Policy.Statement(
        effect.equals("Allow"),
        some(statement, "Action", place),
        some(statement, "Resource", place),
        conditions);
  }

  private static List<String> some(JsonNode statement, String key, String place) {
    List<String> texts = texts(statement.path(key));
    if (texts.isEmpty()) {
      throw new TemplateException(place, "has no " + key);
    }
    return texts;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    many(node).forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static Iterable<JsonNode> many(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    return node.isArray() ? node : List.of(node);
  }
}
