package io.warmfold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The template, the state machine, the handlers and the sample events name the same things. */
class DeploymentTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern RESOURCE =
      Pattern.compile("(?m)^  (\\w+):\\n    Type: (\\S+)\\n((?:(?:    .*)?\\n)*)");

  private final String template = read("template.yaml");

  @Test
  void everyFunctionHasItsHandlerAndItsLog() {
    assertThat(functions()).hasSize(12);
    functions()
        .forEach(
            (name, body) -> {
              assertThat(body)
                  .contains("Handler: io.warmfold.handler." + name + "Handler::handleRequest")
                  .contains("LogGroup: !Ref " + name + "Log");
              assertThat(template).contains("\n  " + name + "Log:\n    Type: AWS::Logs::LogGroup");
              assertThatCode(
                      () ->
                          Class.forName("io.warmfold.handler." + name + "Handler").getConstructor())
                  .as("Lambda makes %s without arguments", name)
                  .doesNotThrowAnyException();
            });
  }

  /** Under Globals, `sam build` leaves the functions with a path that is not there. */
  @Test
  void everyFunctionIsTakenAsMavenBuiltIt() {
    functions()
        .forEach(
            (name, body) ->
                assertThat(body)
                    .as(name)
                    .contains("SkipBuild: true")
                    .contains("CodeUri: functions/target/warmfold-functions-lambda.jar"));
  }

  @Test
  void everyFunctionThatTheStateMachineCallsIsSubstitutedAndAllowed() {
    var called =
        Pattern.compile("\\$\\{(\\w+)Arn}")
            .matcher(read("statemachine/study.asl.json"))
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();

    assertThat(called).isNotEmpty();
    assertThat(called)
        .allSatisfy(
            name ->
                assertThat(template)
                    .contains("        " + name + "Arn: !GetAtt " + name + ".Arn\n")
                    .contains("                  - !GetAtt " + name + ".Arn\n"));
  }

  @Test
  void everyFunctionHasASampleEvent() {
    assertThat(functions().keySet())
        .allSatisfy(
            name -> {
              var file = name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT) + ".json";
              var event = new ObjectMapper().readTree(read("events/functions/" + file));
              assertThat(event.isObject()).isTrue();
            });
  }

  @Test
  void theJobsMayUseTheKeysThatADocumentNames() {
    var role = Pattern.compile("(?s)\n  TrainingRole:\n.*?\n  # ----").matcher(template);

    assertThat(role.results().map(MatchResult::group))
        .singleElement()
        .asString()
        .contains("kms:CreateGrant", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey");
  }

  /** A bucket of one's own may have a key of its own. */
  @Test
  void whatReadsOrWritesObjectsMayUseTheKeysOfTheirBuckets() {
    var parts = Pattern.compile("(?m)^ {2}\\w+:\\n(?: {4}.*\\n|\\n)+").matcher(template);

    assertThat(parts.results().map(MatchResult::group))
        .filteredOn(part -> part.contains("- s3:PutObject") || part.contains("- s3:GetObject"))
        .hasSize(8)
        .allSatisfy(part -> assertThat(part).contains("- UsesDataKeys", "- kms:GenerateDataKey"));
  }

  /** As AWS advises for transient errors of Lambda, which would otherwise cost a whole study. */
  @Test
  void everyFunctionIsCalledAgainWhenLambdaItselfFails() throws IOException {
    var states = new ObjectMapper().readTree(read("statemachine/study.asl.json"));
    var tasks =
        states.findParents("Retry").stream()
            .filter(state -> state.at("/Arguments/FunctionName").isTextual())
            .toList();

    assertThat(tasks).hasSize(13);
    assertThat(tasks)
        .allSatisfy(
            task -> {
              var retried =
                  task.path("Retry").findValues("ErrorEquals").stream()
                      .flatMap(errors -> errors.valueStream())
                      .map(JsonNode::textValue)
                      .toList();
              if (!retried.contains("States.ALL")) {
                assertThat(retried)
                    .contains(
                        "Lambda.ClientExecutionTimeoutException",
                        "Lambda.ServiceException",
                        "Lambda.AWSLambdaException",
                        "Lambda.SdkClientException",
                        "Lambda.TooManyRequestsException");
              }
            });
  }

  private Map<String, String> functions() {
    var functions = new TreeMap<String, String>();
    for (MatchResult match : RESOURCE.matcher(template).results().toList()) {
      if (match.group(2).equals("AWS::Serverless::Function")) {
        functions.put(match.group(1), match.group(3));
      }
    }
    return functions;
  }

  private static String read(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
