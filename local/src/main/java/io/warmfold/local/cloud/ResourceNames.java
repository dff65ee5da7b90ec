package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The physical names and ARNs of a template's resources: those that the template gives, and for the
 * rest made-up ones that look like CloudFormation's and are the same every time.
 */
final class ResourceNames implements Intrinsics.Names {

  /** How a kind of resource is named: the property of its name, and what Ref and Arn give. */
  private record Kind(String nameProperty, String ref, String arn) {}

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          kind("AWS::DynamoDB::Table", "TableName", "NAME", "dynamodb:R:A:table/NAME"),
          kind("AWS::S3::Bucket", "BucketName", "NAME", "s3:::NAME"),
          kind("AWS::Serverless::Function", "FunctionName", "NAME", "lambda:R:A:function:NAME"),
          kind("AWS::Serverless::StateMachine", "Name", "ARN", "states:R:A:stateMachine:NAME"),
          kind("AWS::IAM::Role", "RoleName", "NAME", "iam::A:role/NAME"),
          kind("AWS::SQS::Queue", "QueueName", "URL", "sqs:R:A:NAME"),
          kind("AWS::SNS::Topic", "TopicName", "ARN", "sns:R:A:NAME"),
          kind("AWS::Logs::LogGroup", "LogGroupName", "NAME", "logs:R:A:log-group:NAME:*"),
          kind("AWS::CloudWatch::Alarm", "AlarmName", "NAME", "cloudwatch:R:A:alarm:NAME"));

  private final String stack;
  private final String account;
  private final String region;
  private final JsonNode resources;
  private final Map<String, JsonNode> known;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Set<String> asking = new HashSet<>();
  private Intrinsics intrinsics;

  ResourceNames(
      String stack,
      String account,
      String region,
      JsonNode resources,
      Map<String, JsonNode> parameters) {
    this.stack = stack;
    this.account = account;
    this.region = region;
    this.resources = resources;
    this.known = new LinkedHashMap<>(parameters);
    Map.of(
            "AWS::Region",
            region,
            "AWS::AccountId",
            account,
            "AWS::Partition",
            "aws",
            "AWS::StackName",
            stack,
            "AWS::URLSuffix",
            "amazonaws.com",
            "AWS::StackId",
            "arn:aws:cloudformation:" + region + ":" + account + ":stack/" + stack)
        .forEach((name, value) -> known.put(name, TextNode.valueOf(value)));
  }

  /** Names may be made by intrinsic functions, which in turn need names. */
  void evaluateWith(Intrinsics evaluator) {
    this.intrinsics = evaluator;
  }

  private static Map.Entry<String, Kind> kind(
      String type, String nameProperty, String ref, String arn) {
    return Map.entry(type, new Kind(nameProperty, ref, arn));
  }

  @Override
  public JsonNode ref(String name, String place) {
    JsonNode value = known.get(name);
    if (value != null || !resources.has(name)) {
      return value;
    }
    Kind kind = kind(name, place);
    return TextNode.valueOf(
        switch (kind.ref()) {
          case "ARN" -> arn(name, place);
          case "URL" ->
              "https://sqs." + region + ".amazonaws.com/" + account + "/" + name(name, place);
          default -> name(name, place);
        });
  }

  @Override
  public JsonNode attribute(String resource, String attribute, String place) {
    if (resource.endsWith("Role") && !resources.has(resource)) {
      String owner = resource.substring(0, resource.length() - "Role".length());
      if (resources.path(owner).path("Type").asText().startsWith("AWS::Serverless::")) {
        return TextNode.valueOf(madeRoleArn(owner));
      }
    }
    if (!resources.has(resource)) {
      throw new TemplateException(place, "refers to " + resource + ", which is not there");
    }
    kind(resource, place);
    String text =
        switch (attribute) {
          case "Arn" -> arn(resource, place);
          case "Name", "QueueName", "TopicName" -> name(resource, place);
          case "QueueUrl" -> ref(resource, place).asText();
          case "TopicArn" -> arn(resource, place);
          default ->
              throw new TemplateException(
                  place, "asks for " + resource + "." + attribute + ", which is not known here");
        };
    return TextNode.valueOf(text);
  }

  /** The ARN of a resource of the template. */
  String arn(String logicalId, String place) {
    String pattern = kind(logicalId, place).arn();
    return "arn:aws:"
        + pattern
            .replace(":R:", ":" + region + ":")
            .replace(":A:", ":" + account + ":")
            .replace("NAME", name(logicalId, place));
  }

  /** The role that SAM makes for a function or state machine without one. */
  String madeRoleArn(String owner) {
    return "arn:aws:iam::" + account + ":role/" + madeUp(owner + "Role");
  }

  /** The physical name of a resource of the template. */
  String name(String logicalId, String place) {
    String found = names.get(logicalId);
    if (found != null) {
      return found;
    }
    if (!asking.add(logicalId)) {
      throw new TemplateException(place, "the name of " + logicalId + " depends on itself");
    }
    JsonNode given =
        resources.path(logicalId).path("Properties").path(kind(logicalId, place).nameProperty());
    JsonNode resolved = intrinsics.resolve(given, "Resources/" + logicalId + "/Properties");
    String name = resolved.isMissingNode() ? madeUp(logicalId) : resolved.asText();
    if (resources.path(logicalId).path("Type").asText().equals("AWS::S3::Bucket")) {
      name = name.toLowerCase(Locale.ROOT);
    }
    asking.remove(logicalId);
    names.put(logicalId, name);
    return name;
  }

  /** A name that CloudFormation would make up for something that the template leaves nameless. */
  String madeUpName(String logicalId) {
    return madeUp(logicalId);
  }

  private String madeUp(String logicalId) {
    UUID hash =
        UUID.nameUUIDFromBytes(
            (stack + "/" + logicalId).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    String suffix = hash.toString().replace("-", "").substring(0, 12).toUpperCase(Locale.ROOT);
    return stack + "-" + logicalId + "-" + suffix;
  }

  private Kind kind(String logicalId, String place) {
    JsonNode resource = resources.path(logicalId);
    Kind kind = KINDS.get(resource.path("Type").asText());
    if (kind == null) {
      throw new TemplateException(
          place, "refers to " + logicalId + ", whose type is not known here");
    }
    if (resource.has("Condition")
        && !intrinsics.condition(
            resource.get("Condition").asText(), "Resources/" + logicalId + "/Condition")) {
      throw new TemplateException(
          place, "refers to " + logicalId + ", which its condition leaves out");
    }
    return kind;
  }
}
