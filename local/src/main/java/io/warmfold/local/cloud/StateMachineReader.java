package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Reads the properties of an AWS::Serverless::StateMachine, with the globals merged in. */
final class StateMachineReader {

  private final Path folder;
  private final ResourceNames names;
  private final BiFunction<String, String, Policy> rolePolicy;

  StateMachineReader(
      Path folder, ResourceNames names, BiFunction<String, String, Policy> rolePolicy) {
    this.folder = folder;
    this.names = names;
    this.rolePolicy = rolePolicy;
  }

  Stack.StateMachine stateMachine(String id, JsonNode properties, String place) throws IOException {
    String definition;
    if (properties.path("DefinitionUri").isTextual()) {
      definition = Files.readString(folder.resolve(properties.get("DefinitionUri").textValue()));
    } else if (properties.has("Definition")) {
      definition = properties.get("Definition").toString();
    } else {
      throw new TemplateException(place, "has neither DefinitionUri nor Definition");
    }
    String roleArn;
    Policy policy;
    if (properties.has("Role")) {
      roleArn = properties.get("Role").asText();
      policy = rolePolicy.apply(roleArn, place + "/Role");
    } else {
      roleArn = names.madeRoleArn(id);
      policy =
          new Policy(PolicyReader.samPolicies(properties.path("Policies"), place + "/Policies"));
    }
    Stack.StateMachine machine =
        new Stack.StateMachine(
            id,
            names.name(id, place),
            names.arn(id, place),
            substituted(definition, properties.path("DefinitionSubstitutions"), place),
            properties.path("Type").asText("STANDARD"),
            roleArn,
            policy);
    checkChildren(machine, place);
    return machine;
  }

  /** A distributed Map runs its items as executions, with the permissions of the machine's role. */
  private static void checkChildren(Stack.StateMachine machine, String place) {
    if (!machine.definition().contains("\"DISTRIBUTED\"")) {
      return;
    }
    String child = machine.arn().replace(":stateMachine:", ":execution:") + "/map:child";
    for (Permission needed :
        List.of(
            new Permission("states:StartExecution", machine.arn()),
            new Permission("states:DescribeExecution", child),
            new Permission("states:StopExecution", child))) {
      if (machine.policy().decide(needed.action(), needed.resource(), Map.of())
          != Policy.Decision.ALLOWED) {
        throw new TemplateException(
            place + "/Role",
            "does not allow "
                + needed.action()
                + " on "
                + needed.resource()
                + ", which a distributed Map needs");
      }
    }
  }

  private static String substituted(String definition, JsonNode substitutions, String place) {
    String result = definition;
    for (Map.Entry<String, JsonNode> entry : substitutions.properties()) {
      result = result.replace("${" + entry.getKey() + "}", entry.getValue().asText());
    }
    int open = result.indexOf("${");
    if (open >= 0) {
      String name = result.substring(open, result.indexOf('}', open) + 1);
      throw new TemplateException(place + "/DefinitionSubstitutions", "gives nothing for " + name);
    }
    return result;
  }
}
