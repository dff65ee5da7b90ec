package io.warmfold.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Runs functions as Lambda does. */
public interface FunctionHost {

  /** How an invocation ended. */
  sealed interface Outcome {
    /** The function returned. */
    record Returned(JsonNode payload) implements Outcome {}

    /**
     * The function threw, timed out or could not be started.
     *
     * @param errorType the name that Step Functions matches: the exception's class name, or one of
     *     Lambda's own such as {@code Lambda.ServiceException}, {@code Sandbox.Timedout}
     * @param errorMessage what was thrown says
     * @param cause what Step Functions gives as the cause: for what a function threw, Lambda's JSON
     *     object of {@code errorMessage}, {@code errorType} and {@code stackTrace}
     */
    record Threw(String errorType, String errorMessage, String cause) implements Outcome {
      /** A failure whose cause is its message. */
      public Threw(String errorType, String errorMessage) {
        this(errorType, errorMessage, errorMessage);
      }
    }
  }

  /**
   * Invokes a function and hands its outcome to {@code then} on the timeline's thread.
   *
   * @param function its ARN or name
   */
  void invoke(String function, JsonNode payload, Consumer<Outcome> then);

  /**
   * Invokes a function as EventBridge and schedules do: retried twice, then to its on-failure
   * destination.
   */
  void invokeAsync(String function, JsonNode payload);
}
