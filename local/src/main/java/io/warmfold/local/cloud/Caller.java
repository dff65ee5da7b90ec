package io.warmfold.local.cloud;

import java.util.List;
import java.util.Objects;

/**
 * Who makes an AWS call.
 *
 * @param name the function's logical id, the state machine's, or {@code user}
 * @param arn the ARN that refusals name
 * @param policy what the caller may do
 */
public record Caller(String name, String arn, Policy policy) {

  public Caller {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(arn, "arn");
    Objects.requireNonNull(policy, "policy");
  }

  /** Whether it is the one at the keyboard, whose calls are not recorded. */
  boolean isUser() {
    return name.equals("user");
  }

  /** The one at the keyboard, who may do everything. */
  static Caller user(String account) {
    return new Caller(
        "user",
        "arn:aws:iam::" + account + ":user/warmfold",
        new Policy(List.of(new Policy.Statement(true, List.of("*"), List.of("*"), List.of()))));
  }

  /** A function under its execution role. */
  static Caller function(Stack.Function function, String account) {
    return new Caller(
        function.logicalId(),
        assumed(function.roleArn(), account, function.name()),
        function.policy());
  }

  /** The state machine under its role. */
  static Caller stateMachine(Stack.StateMachine machine, String account) {
    return new Caller(
        machine.logicalId(), assumed(machine.roleArn(), account, machine.name()), machine.policy());
  }

  private static String assumed(String roleArn, String account, String session) {
    String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    return "arn:aws:sts::" + account + ":assumed-role/" + role + "/" + session;
  }
}
