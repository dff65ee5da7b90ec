package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.sagemaker.SageMakerSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a SAM template into the {@link Stack} it makes.
 *
 * <p>Whatever would change what the functions do and is not known here is refused by name; what has
 * no meaning on one machine (alarms, log groups, encryption) is passed over.
 */
public final class StackReader {

  private static final Set<String> WITHOUT_MEANING_HERE =
      Set.of(
          "AWS::S3::BucketPolicy",
          "AWS::SQS::Queue",
          "AWS::SQS::QueuePolicy",
          "AWS::SNS::Topic",
          "AWS::SNS::TopicPolicy",
          "AWS::Logs::LogGroup",
          "AWS::Logs::MetricFilter",
          "AWS::CloudWatch::Alarm",
          "AWS::CloudWatch::Dashboard",
          "AWS::IAM::Role");

  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Transform",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Conditions",
          "Rules",
          "Globals",
          "Resources",
          "Outputs");

  private final JsonNode resources;
  private final JsonNode globals;
  private final Intrinsics intrinsics;
  private final ResourceNames names;
  private final FunctionReader functionReader;
  private final StateMachineReader stateMachineReader;

  private final Map<String, Stack.Function> functions = new LinkedHashMap<>();
  private final List<Stack.Rule> rules = new ArrayList<>();
  private final List<Stack.Schedule> schedules = new ArrayList<>();
  private final List<Stack.Table> tables = new ArrayList<>();
  private final List<String> buckets = new ArrayList<>();
  private final List<Stack.StateMachine> stateMachines = new ArrayList<>();

  private StackReader(Path folder, JsonNode template, Settings settings) {
    template
        .fieldNames()
        .forEachRemaining(
            section -> {
              if (!SECTIONS.contains(section)) {
                throw new TemplateException(section, "is not known here");
              }
            });
    resources = template.path("Resources");
    globals = template.path("Globals");
    names =
        new ResourceNames(
            settings.stackName(),
            settings.account(),
            settings.region(),
            resources,
            TemplateParameters.read(template.path("Parameters"), settings.parameters()));
    intrinsics = new Intrinsics(names, template.path("Mappings"), template.path("Conditions"));
    names.evaluateWith(intrinsics);
    functionReader = new FunctionReader(names, this::rolePolicy);
    stateMachineReader = new StateMachineReader(folder, names, this::rolePolicy);
  }

  /**
   * How a template is deployed.
   *
   * @param parameters values for the template's parameters; the others have their defaults
   */
  public record Settings(
      String stackName, String account, String region, Map<String, String> parameters) {

    private static final String STACK = "warmfold";

    public Settings {
      parameters = Map.copyOf(parameters);
    }

    /** A stack named warmfold in us-east-1. */
    public static Settings of(Map<String, String> parameters) {
      return new Settings(STACK, "123456789012", "us-east-1", parameters);
    }

    /** A stack named warmfold in the account and region of a SageMaker. */
    static Settings beside(SageMakerSettings sageMaker, Map<String, String> parameters) {
      return new Settings(STACK, sageMaker.account(), sageMaker.region(), parameters);
    }

    /** The same with other values for the template's parameters. */
    Settings with(Map<String, String> parameters) {
      return new Settings(stackName, account, region, parameters);
    }
  }

  /**
   * Reads a template.
   *
   * @throws TemplateException if it is wrong, or asks for something that is not known here
   * @throws IOException if a file cannot be read
   */
  public static Stack read(Path template, Settings settings) throws IOException {
    JsonNode yaml;
    try (Reader reader = Files.newBufferedReader(template)) {
      yaml = TemplateYaml.read(reader);
    }
    StackReader stack = new StackReader(template.toAbsolutePath().getParent(), yaml, settings);
    stack.readResources();
    Map<String, String> outputs = stack.outputs(yaml.path("Outputs"));
    return new Stack(
        settings.stackName(),
        settings.account(),
        settings.region(),
        stack.functions,
        stack.rules,
        stack.schedules,
        stack.tables,
        stack.buckets,
        stack.stateMachines,
        outputs);
  }

  /** The names of the parameters that a template has. */
  public static Set<String> parameterNames(Path template) throws IOException {
    try (Reader reader = Files.newBufferedReader(template)) {
      Set<String> parameters = new java.util.LinkedHashSet<>();
      TemplateYaml.read(reader).path("Parameters").fieldNames().forEachRemaining(parameters::add);
      return parameters;
    }
  }

  private void readResources() throws IOException {
    for (Map.Entry<String, JsonNode> entry : resources.properties()) {
      String place = "Resources/" + entry.getKey();
      JsonNode resource = entry.getValue();
      if (resource.has("Condition")
          && !intrinsics.condition(resource.get("Condition").asText(), place)) {
        continue;
      }
      String type = resource.path("Type").asText();
      if (!WITHOUT_MEANING_HERE.contains(type)) {
        read(entry.getKey(), type, place);
      }
    }
  }

  private void read(String id, String type, String place) throws IOException {
    switch (type) {
      case "AWS::Serverless::Function" -> {
        String inner = place + "/Properties";
        JsonNode properties = withGlobals("Function", id);
        Stack.Function function = functionReader.function(id, properties, inner);
        functions.put(id, function);
        EventReader events = new EventReader(function, names);
        events.read(id, properties.path("Events"), inner + "/Events", rules, schedules);
      }
      case "AWS::Serverless::StateMachine" ->
          stateMachines.add(
              stateMachineReader.stateMachine(
                  id, withGlobals("StateMachine", id), place + "/Properties"));
      case "AWS::DynamoDB::Table" -> tables.add(table(id, place));
      case "AWS::S3::Bucket" -> buckets.add(names.name(id, place));
      default -> throw new TemplateException(place, "is of the type " + type + ", not known here");
    }
  }

  private JsonNode withGlobals(String section, String id) {
    JsonNode own =
        intrinsics.resolve(
            resources.path(id).path("Properties"), "Resources/" + id + "/Properties");
    JsonNode shared = intrinsics.resolve(globals.path(section), "Globals/" + section);
    return shared.isMissingNode() ? own : merged(shared, own);
  }

  /** SAM's rule: maps are merged, lists are joined with the global items first, else own wins. */
  private static JsonNode merged(JsonNode shared, JsonNode own) {
    if (shared.isObject() && own.isObject()) {
      ObjectNode result = shared.deepCopy();
      own.properties()
          .forEach(
              entry -> {
                JsonNode before = result.path(entry.getKey());
                result.set(
                    entry.getKey(),
                    before.isMissingNode() ? entry.getValue() : merged(before, entry.getValue()));
              });
      return result;
    }
    if (shared.isArray() && own.isArray()) {
      return JsonNodeFactory.instance
          .arrayNode()
          .addAll(shared.<com.fasterxml.jackson.databind.node.ArrayNode>deepCopy())
          .addAll((com.fasterxml.jackson.databind.node.ArrayNode) own);
    }
    return own;
  }

  /** The policy of a role that stands in the template, by its ARN. */
  private Policy rolePolicy(String arn, String place) {
    for (Map.Entry<String, JsonNode> entry : resources.properties()) {
      if (entry.getValue().path("Type").asText().equals("AWS::IAM::Role")
          && isThere(entry.getValue(), place)
          && names.arn(entry.getKey(), place).equals(arn)) {
        String inner = "Resources/" + entry.getKey() + "/Properties";
        JsonNode properties = intrinsics.resolve(entry.getValue().path("Properties"), inner);
        return new Policy(PolicyReader.role(properties, inner));
      }
    }
    throw new TemplateException(place, "has a role that the template does not make: " + arn);
  }

  private boolean isThere(JsonNode resource, String place) {
    return !resource.has("Condition")
        || intrinsics.condition(resource.get("Condition").asText(), place);
  }

  private Stack.Table table(String id, String place) {
    JsonNode properties =
        intrinsics.resolve(resources.path(id).path("Properties"), place + "/Properties");
    ObjectNode create = JsonNodeFactory.instance.objectNode();
    create.put("TableName", names.name(id, place));
    for (String property :
        List.of(
            "AttributeDefinitions",
            "KeySchema",
            "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes",
            "BillingMode",
            "ProvisionedThroughput")) {
      if (properties.has(property)) {
        create.set(property, properties.get(property));
      }
    }
    if (properties.has("StreamSpecification")) {
      throw new TemplateException(place + "/Properties", "StreamSpecification is not known here");
    }
    JsonNode timeToLive = properties.path("TimeToLiveSpecification");
    return new Stack.Table(
        id,
        names.name(id, place),
        names.arn(id, place),
        create,
        timeToLive.path("Enabled").asBoolean()
            ? Optional.of(timeToLive.path("AttributeName").asText())
            : Optional.empty());
  }

  private Map<String, String> outputs(JsonNode section) {
    Map<String, String> outputs = new LinkedHashMap<>();
    section
        .properties()
        .forEach(
            entry -> {
              String place = "Outputs/" + entry.getKey();
              if (isThere(entry.getValue(), place)) {
                outputs.put(
                    entry.getKey(),
                    intrinsics.resolve(entry.getValue().path("Value"), place).asText());
              }
            });
    return outputs;
  }
}
