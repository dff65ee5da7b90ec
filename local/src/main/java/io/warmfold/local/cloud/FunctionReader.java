package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads the properties of an AWS::Serverless::Function, with the globals merged in. */
final class FunctionReader {

  private static final Set<String> PROPERTIES =
      Set.of(
          "FunctionName",
          "Description",
          "CodeUri",
          "Handler",
          "Runtime",
          "Architectures",
          "MemorySize",
          "Timeout",
          "Environment",
          "Policies",
          "Role",
          "EventInvokeConfig",
          "Events",
          "LoggingConfig",
          "Tracing",
          "Tags",
          "EphemeralStorage",
          "PermissionsBoundary",
          "KmsKeyArn",
          "VpcConfig",
          "RolePath");

  private final ResourceNames names;
  private final BiFunction<String, String, Policy> rolePolicy;

  FunctionReader(ResourceNames names, BiFunction<String, String, Policy> rolePolicy) {
    this.names = names;
    this.rolePolicy = rolePolicy;
  }

  Stack.Function function(String id, JsonNode properties, String place) {
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (!PROPERTIES.contains(property.getKey())) {
        throw new TemplateException(place + "/" + property.getKey(), "is not known here");
      }
    }
    if (!properties.path("Runtime").asText().startsWith("java")) {
      throw new TemplateException(place + "/Runtime", "must be a Java runtime");
    }
    String handler = properties.path("Handler").asText();
    if (handler.isEmpty()) {
      throw new TemplateException(place, "has no Handler");
    }
    Map<String, String> environment = new LinkedHashMap<>();
    properties
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    String roleArn;
    Policy policy;
    if (properties.has("Role")) {
      roleArn = properties.get("Role").asText();
      policy = rolePolicy.apply(roleArn, place + "/Role");
    } else {
      roleArn = names.madeRoleArn(id);
      policy = madePolicy(properties, place);
    }
    JsonNode invoke = properties.path("EventInvokeConfig");
    JsonNode destination = invoke.path("DestinationConfig").path("OnFailure");
    return new Stack.Function(
        id,
        names.name(id, place),
        names.arn(id, place),
        handlerClass(handler, place),
        environment,
        properties.path("MemorySize").asInt(128),
        Duration.ofSeconds(properties.path("Timeout").asInt(3)),
        roleArn,
        policy,
        invoke.path("MaximumRetryAttempts").asInt(2),
        destination.has("Destination")
            ? Optional.of(destination.get("Destination").asText())
            : Optional.empty());
  }

  private static Policy madePolicy(JsonNode properties, String place) {
    List<Policy.Statement> statements =
        new ArrayList<>(PolicyReader.samPolicies(properties.path("Policies"), place + "/Policies"));
    statements.add(PolicyReader.managed("AWSLambdaBasicExecutionRole", place));
    if (properties.path("Tracing").asText().equals("Active")) {
      statements.add(PolicyReader.managed("AWSXRayDaemonWriteAccess", place));
    }
    return new Policy(statements);
  }

  private static String handlerClass(String handler, String place) {
    int colons = handler.indexOf("::");
    if (colons >= 0 && !handler.endsWith("::handleRequest")) {
      throw new TemplateException(place + "/Handler", "must be a class or its handleRequest");
    }
    return colons < 0 ? handler : handler.substring(0, colons);
  }
}
