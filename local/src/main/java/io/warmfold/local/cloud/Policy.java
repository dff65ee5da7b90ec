package io.warmfold.local.cloud;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a role may do: the statements of all its policies together, evaluated as IAM does for one
 * account: denied unless allowed, and an explicit denial wins.
 *
 * @param statements the statements, in any order
 */
public record Policy(List<Statement> statements) {

  public Policy {
    statements = List.copyOf(statements);
  }

  /** How a request fared. */
  public enum Decision {
    /** A statement allows it and none denies it. */
    ALLOWED,
    /** No statement allows it. */
    NOT_ALLOWED,
    /** A statement denies it. */
    DENIED
  }

  /**
   * One statement.
   *
   * @param allow whether it allows or denies
   * @param actions patterns of actions such as {@code s3:Get*}
   * @param resources patterns of ARNs
   * @param conditions that must all hold
   */
  public record Statement(
      boolean allow, List<String> actions, List<String> resources, List<Condition> conditions) {

    public Statement {
      actions = List.copyOf(actions);
      resources = List.copyOf(resources);
      conditions = List.copyOf(conditions);
    }

    boolean covers(String action, String resource, Map<String, String> context) {
      return actions.stream()
              .anyMatch(
                  pattern ->
                      matches(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)))
          && resources.stream().anyMatch(pattern -> matches(pattern, resource))
          && conditions.stream().allMatch(condition -> condition.holds(context));
    }
  }

  /**
   * One condition.
   *
   * @param operator such as {@code StringEquals}
   * @param key such as {@code iam:PassedToService}; its case does not matter
   * @param values of which one has to match
   */
  public record Condition(String operator, String key, List<String> values) {

    public Condition {
      values = List.copyOf(values);
      if (!base(operator).matches("String(Not)?(Equals|Like)|Arn(Not)?(Equals|Like)|Bool|Null")) {
        throw new IllegalArgumentException("the operator " + operator + " is not known here");
      }
    }

    boolean holds(Map<String, String> context) {
      String actual = context.get(key.toLowerCase(Locale.ROOT));
      if (operator.equals("Null")) {
        return Boolean.parseBoolean(values.getFirst()) == (actual == null);
      }
      boolean negated = operator.contains("Not");
      if (actual == null) {
        return negated || operator.endsWith("IfExists");
      }
      return negated != values.stream().anyMatch(value -> one(value, actual));
    }

    private boolean one(String value, String actual) {
      return switch (base(operator)) {
        case "StringEquals", "StringNotEquals" -> value.equals(actual);
        case "Bool" -> value.equalsIgnoreCase(actual);
        default -> matches(value, actual);
      };
    }

    private static String base(String operator) {
      return operator.endsWith("IfExists")
          ? operator.substring(0, operator.length() - "IfExists".length())
          : operator;
    }
  }

  /**
   * Decides a request.
   *
   * @param action such as {@code sagemaker:CreateTrainingJob}
   * @param resource the ARN it is about, or {@code *} if it names none
   * @param context condition keys in lower case, with their values
   */
  public Decision decide(String action, String resource, Map<String, String> context) {
    boolean allowed = false;
    for (Statement statement : statements) {
      if (statement.covers(action, resource, context)) {
        if (!statement.allow()) {
          return Decision.DENIED;
        }
        allowed = true;
      }
    }
    return allowed ? Decision.ALLOWED : Decision.NOT_ALLOWED;
  }

  /** Whether a text matches a pattern in which * is any run of characters and ? any single one. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      char expected = p < pattern.length() ? pattern.charAt(p) : 0;
      if (expected == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && (expected == '?' || expected == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        // The last star takes one character more.
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
