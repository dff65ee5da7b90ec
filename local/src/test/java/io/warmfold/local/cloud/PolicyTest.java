package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.local.cloud.Policy.Condition;
import io.warmfold.local.cloud.Policy.Decision;
import io.warmfold.local.cloud.Policy.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  private static Stack stack;

  @BeforeAll
  static void readTemplate() throws IOException {
    stack =
        StackReader.read(
            Path.of("..", "template.yaml"),
            StackReader.Settings.of(Map.of("DataBucketArns", "arn:aws:s3:::examples")));
  }

  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "s3:Get*, s3:GetObject, true",
    "s3:Get*, s3:PutObject, false",
    "a*b*c, axxbyyc, true",
    "a*b*c, axxbyy, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "*x, xxx, true",
    "arn:aws:s3:::b/*, arn:aws:s3:::b/k/l, true",
    "arn:aws:s3:::b/*, arn:aws:s3:::bb/k, false",
    "a.c, abc, false",
  })
  void matchesWildcards(String pattern, String text, boolean expected) {
    assertThat(Policy.matches(pattern, text)).isEqualTo(expected);
  }

  @Test
  void anExplicitDenialWins() {
    Policy policy =
        new Policy(
            List.of(
                new Statement(true, List.of("s3:*"), List.of("*"), List.of()),
                new Statement(
                    false, List.of("s3:DeleteObject"), List.of("arn:aws:s3:::b/*"), List.of())));

    assertThat(policy.decide("s3:DeleteObject", "arn:aws:s3:::b/k", Map.of()))
        .isEqualTo(Decision.DENIED);
    assertThat(policy.decide("s3:deleteobject", "arn:aws:s3:::c/k", Map.of()))
        .isEqualTo(Decision.ALLOWED);
    assertThat(policy.decide("sqs:SendMessage", "*", Map.of())).isEqualTo(Decision.NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, a, a, true",
    "StringEquals, a, b, false",
    "StringNotEquals, a, b, true",
    "StringLike, a*, abc, true",
    "ArnLike, arn:*:x, arn:aws:x, true",
    "Bool, false, FALSE, true",
    "StringEquals, a, , false",
    "StringEqualsIfExists, a, , true",
    "Null, true, , true",
    "Null, true, a, false",
  })
  void conditionsHold(String operator, String value, String actual, boolean expected) {
    Map<String, String> context = actual == null ? Map.of() : Map.of("key", actual);
    assertThat(new Condition(operator, "KEY", List.of(value)).holds(context)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NextFold  | dynamodb  | GetItem            | {'TableName':'T'}                                     |
          NextFold  | dynamodb  | Scan               | {'TableName':'T'}                                     | dynamodb:Scan
          NextFold  | dynamodb  | GetItem            | {'TableName':'other'}                                 | dynamodb:GetItem
          NextFold  | dynamodb  | Query              | {'TableName':'T','IndexName':'active'}                | dynamodb:Query
          Reconcile | dynamodb  | Query              | {'TableName':'T','IndexName':'active'}                |
          NextFold  | dynamodb  | TransactWriteItems | {'TransactItems':[{'Put':{'TableName':'T'}},{'ConditionCheck':{'TableName':'T'}}]} |
          NextFold  | dynamodb  | TransactWriteItems | {'TransactItems':[{'Put':{'TableName':'T'}},{'Delete':{'TableName':'U'}}]} | dynamodb:DeleteItem
          StartJob  | sagemaker | CreateTrainingJob  | {'TrainingJobName':'warmfold-a','RoleArn':'R','Tags':[{'Key':'k','Value':'v'}]} |
          StartJob  | sagemaker | CreateTrainingJob  | {'TrainingJobName':'other-a','RoleArn':'R'}           | sagemaker:CreateTrainingJob
          StartJob  | sagemaker | CreateTrainingJob  | {'TrainingJobName':'warmfold-a','RoleArn':'arn:aws:iam::1:role/x'} | iam:PassRole
          StartJob  | sagemaker | CreateModel        | {'ModelName':'warmfold-a','ExecutionRoleArn':'R'}     |
          StartJob  | sagemaker | DescribeTrainingJob | {'TrainingJobName':'Warmfold-A'}                     |
          NextFold  | sagemaker | CreateTrainingJob  | {'TrainingJobName':'warmfold-a','RoleArn':'R'}        | sagemaker:CreateTrainingJob
          Reconcile | sagemaker | ListTrainingJobs   | {'NameContains':'a'}                                  |
          StartJob  | sagemaker | ListTrainingJobs   | {}                                                    | sagemaker:ListTrainingJobs
          RegisterModel | sagemaker | CreateModelPackage | {'ModelPackageGroupName':'g','Tags':[]}           |
          RegisterModel | sagemaker | ListModelPackages  | {'ModelPackageGroupName':'g'}                     |
          RegisterModel | sagemaker | DeleteModelPackageGroup | {'ModelPackageGroupName':'g'}                | sagemaker:DeleteModelPackageGroup
          StartJob  | stepfunctions | SendTaskSuccess | {'taskToken':'t','output':'{}'}                      |
          NextFold  | stepfunctions | SendTaskSuccess | {'taskToken':'t','output':'{}'}                      | states:SendTaskSuccess
          OpenStudy | stepfunctions | DescribeExecution | {'executionArn':'arn:aws:states:us-east-1:123456789012:execution:warmfold-study:x'} |
          OpenStudy | stepfunctions | StartExecution | {'stateMachineArn':'arn:aws:states:us-east-1:123456789012:stateMachine:warmfold-study'} | states:StartExecution
          """)
  void decidesTheFunctionsCallsByTheTemplate(
      String function, String service, String operation, String input, String refused)
      throws IOException {
    Stack.Function called = stack.functions().get(function);
    String text =
        input
            .replace('\'', '"')
            .replace("\"T\"", "\"" + called.environment().get("TABLE_NAME") + "\"")
            .replace("\"R\"", "\"" + called.environment().get("TRAINING_ROLE_ARN") + "\"");
    JsonNode json = JsonMapper.builder().build().readTree(text);

    List<Trouble> troubles = new ArrayList<>();
    Optional<String> refusal =
        new Authorizer("us-east-1", troubles::add)
            .refusal(
                Caller.function(called, "123456789012"),
                new NeededPermissions("us-east-1", "123456789012").of(service, operation, json));

    if (refused == null) {
      assertThat(refusal).isEmpty();
      assertThat(troubles).isEmpty();
    } else {
      assertThat(troubles)
          .singleElement()
          .satisfies(
              trouble ->
                  assertThat(trouble.message()).startsWith(function + " may not " + refused));
      assertThat(refusal.orElseThrow())
          .startsWith("User: arn:aws:sts::123456789012:assumed-role/warmfold-" + function)
          .contains("is not authorized to perform: " + refused + " on resource: ");
    }
  }

  @Test
  void theStateMachineMayInvokeItsFunctionsOnly() {
    Policy policy = stack.stateMachine().policy();
    String open = stack.functions().get("OpenStudy").arn();
    String reconcile = stack.functions().get("Reconcile").arn();

    assertThat(policy.decide("lambda:InvokeFunction", open, Map.of())).isEqualTo(Decision.ALLOWED);
    assertThat(policy.decide("lambda:InvokeFunction", reconcile, Map.of()))
        .isEqualTo(Decision.NOT_ALLOWED);
  }
}
