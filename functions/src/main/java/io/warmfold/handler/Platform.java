package io.warmfold.handler;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * What a function gets from the outside: its environment, the way to AWS, time, chance and a place
 * for its log.
 *
 * <p>On Lambda it is {@link #ofLambda()}; the local cloud and tests hand in their own. One function
 * instance has one platform and uses it from one thread at a time.
 *
 * @param variables the function's environment variables
 * @param http the client that carries AWS calls
 * @param credentials who signs them
 * @param clock the time
 * @param random a source of chance for what only has to be unlikely to repeat (keys, jitter)
 * @param log takes one line (a JSON object) at a time
 * @param shortcuts what is used in the place of the SDK's clients; none on Lambda
 */
public record Platform(
    Map<String, String> variables,
    SdkHttpClient http,
    AwsCredentialsProvider credentials,
    InstantSource clock,
    RandomGenerator random,
    Consumer<String> log,
    Shortcuts shortcuts) {

  public Platform {
    variables = Map.copyOf(variables);
    Objects.requireNonNull(http, "http");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(random, "random");
    Objects.requireNonNull(log, "log");
    Objects.requireNonNull(shortcuts, "shortcuts");
  }

  /** A platform that makes every call by the SDK. */
  public Platform(
      Map<String, String> variables,
      SdkHttpClient http,
      AwsCredentialsProvider credentials,
      InstantSource clock,
      RandomGenerator random,
      Consumer<String> log) {
    this(variables, http, credentials, clock, random, log, Shortcuts.NONE);
  }

  /** The platform of the Lambda function that this process is. */
  public static Platform ofLambda() {
    return new Platform(
        System.getenv(),
        software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient.create(),
        software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider.create(),
        InstantSource.system(),
        new java.security.SecureRandom(),
        System.out::println);
  }

  /**
   * How often a call is made at most, if the environment says so: {@code AWS_MAX_ATTEMPTS}, which
   * the SDK itself reads from the process's environment alone.
   */
  OptionalInt maxAttempts() {
    String attempts = variables.getOrDefault("AWS_MAX_ATTEMPTS", "");
    return attempts.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(attempts));
  }

  /**
   * Whether buckets are addressed in the path of a URL rather than in its host name: the local S3
   * has one host.
   */
  boolean pathStyle() {
    return "true".equals(variables.get("S3_PATH_STYLE"));
  }

  /**
   * An environment variable that has to be there.
   *
   * @throws IllegalStateException if it is not: the template and the code disagree
   */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("The function's environment has no " + name + ".");
    }
    return value;
  }
}
