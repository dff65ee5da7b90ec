package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackReaderTest {

  private static final String FUNCTION =
      """
        Type: AWS::Serverless::Function
        Properties:
          Runtime: java25
          Handler: a.B::handleRequest
      """
          .indent(2);

  @TempDir Path folder;

  private Stack read(String template) throws IOException {
    return read(template, Map.of());
  }

  private Stack read(String template, Map<String, String> parameters) throws IOException {
    Path file = folder.resolve("template.yaml");
    Files.writeString(file, template);
    return StackReader.read(file, StackReader.Settings.of(parameters));
  }

  private String output(String value) throws IOException {
    return output(value, Map.of());
  }

  private String output(String value, Map<String, String> parameters) throws IOException {
    return read(
            """
            Parameters:
              Stage: {Type: String, Default: dev, AllowedPattern: "[a-z]+"}
              Buckets: {Type: CommaDelimitedList, Default: "a, b"}
              Size: {Type: Number, Default: 3, MinValue: 1, MaxValue: 5}
            Mappings:
              Sizes: {dev: {memory: 512}, prod: {memory: 2048}}
            Conditions:
              IsDev: !Equals [!Ref Stage, dev]
              IsNotDev: !Not [!Condition IsDev]
              Both: !And [!Condition IsDev, !Condition IsNotDev]
              Either: !Or [!Condition IsDev, !Condition IsNotDev]
            Resources:
              Table: {Type: "AWS::DynamoDB::Table", Properties: {TableName: !Sub "${Stage}-t"}}
              Queue: {Type: "AWS::SQS::Queue"}
            Outputs:
              X:
                Value: %s
            """
                .formatted(value),
            parameters)
        .outputs()
        .get("X");
  }

  @Test
  void evaluatesTheIntrinsicFunctions() throws IOException {
    assertThat(output("!Ref Stage")).isEqualTo("dev");
    assertThat(output("!Sub '${Stage}-${AWS::Region}-${!Literal}'"))
        .isEqualTo("dev-us-east-1-${Literal}");
    assertThat(output("!Sub ['${A}/${Table.Arn}', {A: !Join ['+', !Ref Buckets]}]"))
        .isEqualTo("a+b/arn:aws:dynamodb:us-east-1:123456789012:table/dev-t");
    assertThat(output("!GetAtt Table.Arn")).endsWith(":table/dev-t");
    assertThat(output("{'Fn::GetAtt': [Table, Arn]}")).endsWith(":table/dev-t");
    assertThat(output("!If [IsNotDev, a, b]")).isEqualTo("b");
    assertThat(output("!If [Both, a, b]")).isEqualTo("b");
    assertThat(output("!If [Either, a, b]")).isEqualTo("a");
    assertThat(output("!Join ['-', ['', x, y]]")).isEqualTo("-x-y");
    assertThat(output("!Select [1, !Split ['.', 'p.q.r']]")).isEqualTo("q");
    assertThat(output("!FindInMap [Sizes, !Ref Stage, memory]")).isEqualTo("512");
    assertThat(output("!FindInMap [Sizes, !Ref Stage, memory]", Map.of("Stage", "prod")))
        .isEqualTo("2048");
    assertThat(output("!Join ['', [!Join ['/*,', !Ref Buckets], '/*']]")).isEqualTo("a/*,b/*");
    assertThat(output("!Ref Queue"))
        .startsWith("https://sqs.us-east-1.amazonaws.com/123456789012/warmfold-Queue-");
    assertThat(output("!Ref AWS::AccountId")).isEqualTo("123456789012");
  }

  @Test
  void refusesWhatItDoesNotKnowAndSaysWhere() {
    assertThatThrownBy(() -> output("!ImportValue x"))
        .isInstanceOf(TemplateException.class)
        .hasMessage("Outputs/X: uses Fn::ImportValue, which is not known here");
    assertThatThrownBy(() -> output("!Ref Nothing"))
        .hasMessage("Outputs/X: refers to Nothing, which is not there");
    assertThatThrownBy(() -> output("!GetAtt Table.StreamArn"))
        .hasMessage("Outputs/X: asks for Table.StreamArn, which is not known here");
    assertThatThrownBy(() -> output("x", Map.of("Stage", "DEV")))
        .hasMessageContaining("Parameters/Stage");
    assertThatThrownBy(() -> output("x", Map.of("Size", "9")))
        .hasMessageContaining("Parameters/Size");
    assertThatThrownBy(() -> output("x", Map.of("Other", "9")))
        .hasMessage("Parameters: has no Other");
    assertThatThrownBy(() -> read("Resources:\n  Key: {Type: 'AWS::KMS::Key'}\n"))
        .hasMessage("Resources/Key: is of the type AWS::KMS::Key, not known here");
    assertThatThrownBy(
            () -> read("Resources:\n  F:\n" + FUNCTION + "      AutoPublishAlias: live\n"))
        .hasMessage("Resources/F/Properties/AutoPublishAlias: is not known here");
    assertThatThrownBy(() -> read("Resources: {A: {Type: x}, A: {Type: y}}"))
        .hasMessage("Resources/A: is there twice");
  }

  @Test
  void mergesGlobalsAsSamDoes() throws IOException {
    Stack stack =
        read(
            """
            Globals:
              Function:
                Runtime: java25
                Timeout: 7
                Environment: {Variables: {A: "1", B: "2"}}
                Policies: [AWSXRayDaemonWriteAccess]
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: a.B
                  Environment: {Variables: {B: own}}
                  Policies:
                    - Statement: {Effect: Allow, Action: "s3:*", Resource: "*"}
            """);

    Stack.Function function = stack.functions().get("F");
    assertThat(function.environment()).containsOnly(Map.entry("A", "1"), Map.entry("B", "own"));
    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(function.policy().decide("xray:PutTraceSegments", "*", Map.of()))
        .isEqualTo(Policy.Decision.ALLOWED);
    assertThat(function.policy().decide("s3:GetObject", "arn:aws:s3:::b/k", Map.of()))
        .isEqualTo(Policy.Decision.ALLOWED);
  }

  @Test
  void substitutesInTheDefinitionAndRefusesWhatIsLeft() throws IOException {
    Files.writeString(folder.resolve("d.json"), "{\"F\": \"${FArn}\"}");
    String template =
        "Resources:\n  F:\n"
            + FUNCTION
            + """
              Role: {Type: "AWS::IAM::Role", Properties: {Policies: []}}
              M:
                Type: AWS::Serverless::StateMachine
                Properties:
                  Name: m
                  DefinitionUri: d.json
                  Role: !GetAtt Role.Arn
                  DefinitionSubstitutions: {%s: !GetAtt F.Arn}
            """;
    assertThat(read(template.formatted("FArn")).stateMachine().definition())
        .startsWith("{\"F\": \"arn:aws:lambda:us-east-1:123456789012:function:warmfold-F-");
    assertThatThrownBy(() -> read(template.formatted("Other")))
        .hasMessageContaining("gives nothing for ${FArn}");
  }

  @Test
  void aDistributedMapNeedsPermissionForItsChildren() throws IOException {
    Files.writeString(folder.resolve("d.json"), "{\"Mode\": \"DISTRIBUTED\"}");
    String template =
        """
        Resources:
          M:
            Type: AWS::Serverless::StateMachine
            Properties:
              Name: m
              DefinitionUri: d.json
              Policies:
                - Statement:
                    - Effect: Allow
                      Action: ["states:StartExecution", %s]
                      Resource: "*"
        """;
    assertThat(read(template.formatted("\"states:*Execution\"")).stateMachine().name())
        .isEqualTo("m");
    assertThatThrownBy(() -> read(template.formatted("\"states:StopExecution\"")))
        .hasMessageContaining("does not allow states:DescribeExecution on arn:aws:states:");
  }

  @Test
  void readsTheTemplateOfThisRepository() throws IOException {
    Stack stack =
        StackReader.read(
            Path.of("..", "template.yaml"),
            StackReader.Settings.of(Map.of("DataBucketArns", "arn:aws:s3:::examples")));

    assertThat(stack.functions())
        .containsOnlyKeys(
            "OpenStudy",
            "PlanSplit",
            "ShardObject",
            "SealFolds",
            "NextFold",
            "StartJob",
            "OnJobStateChange",
            "SelectBest",
            "RegisterModel",
            "CloseStudy",
            "AbandonStudy",
            "Reconcile");
    assertThat(stack.functions().values())
        .allSatisfy(
            function ->
                assertThat(function.environment())
                    .containsKeys(
                        "TABLE_NAME",
                        "BUCKET_NAME",
                        "NAME_PREFIX",
                        "STATE_MACHINE_ARN",
                        "TRAINING_ROLE_ARN"));
    assertThat(stack.function("warmfold-StartJob").orElseThrow().handlerClass())
        .isEqualTo("io.warmfold.handler.StartJobHandler");
    assertThat(stack.stateMachine().arn())
        .isEqualTo("arn:aws:states:us-east-1:123456789012:stateMachine:warmfold-study")
        .isEqualTo(stack.functions().get("OpenStudy").environment().get("STATE_MACHINE_ARN"));
    assertThat(stack.stateMachine().definition()).doesNotContain("${");
    assertThat(stack.rules()).hasSize(4);
    assertThat(stack.schedules())
        .singleElement()
        .satisfies(schedule -> assertThat(schedule.every()).isEqualTo(Duration.ofMinutes(5)));
    assertThat(stack.table().create().path("GlobalSecondaryIndexes")).hasSize(1);
    assertThat(stack.table().timeToLive()).contains("ExpiresAt");
    assertThat(stack.buckets())
        .singleElement()
        .isEqualTo(stack.functions().get("OpenStudy").environment().get("BUCKET_NAME"));
    assertThat(stack.outputs()).containsKeys("StateMachineArn", "BucketName", "TableName");
  }

  @Test
  void leavesOutWhatAConditionLeavesOut() throws IOException {
    Stack stack =
        StackReader.read(
            Path.of("..", "template.yaml"),
            StackReader.Settings.of(Map.of("ExistingBucketName", "my-bucket")));

    assertThat(stack.buckets()).isEqualTo(List.of());
    assertThat(stack.functions().get("NextFold").environment())
        .containsEntry("BUCKET_NAME", "my-bucket");
  }
}
