package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.FunctionHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The functions as the state machine may call them: its role is asked, and calls are recorded. */
final class AuthorizedFunctionHost implements FunctionHost {

  private final LocalFunctionHost host;
  private final Supplier<Stack> stack;
  private final Supplier<Caller> caller;
  private final Gateway gateway;
  private final Timeline timeline;

  AuthorizedFunctionHost(
      LocalFunctionHost host,
      Supplier<Stack> stack,
      Supplier<Caller> caller,
      Gateway gateway,
      Timeline timeline) {
    this.host = host;
    this.stack = stack;
    this.caller = caller;
    this.gateway = gateway;
    this.timeline = timeline;
  }

  @Override
  public void invoke(String function, JsonNode payload, Consumer<Outcome> then) {
    Optional<String> refusal = refusal(function);
    if (refusal.isPresent()) {
      // Step Functions gives refusals of Lambda that are not named otherwise this name.
      Outcome refused = new Outcome.Threw("Lambda.AWSLambdaException", refusal.get());
      record(function, payload, refused);
      timeline.after(Duration.ZERO, () -> then.accept(refused));
      return;
    }
    host.invoke(
        function,
        payload,
        outcome -> {
          record(function, payload, outcome);
          then.accept(outcome);
        });
  }

  @Override
  public void invokeAsync(String function, JsonNode payload) {
    host.invokeAsync(function, payload);
  }

  private Optional<String> refusal(String function) {
    String arn = stack.get().function(function).map(Stack.Function::arn).orElse(function);
    return gateway
        .authorizer()
        .refusal(caller.get(), List.of(new Permission("lambda:InvokeFunction", arn)));
  }

  private void record(String function, JsonNode payload, Outcome outcome) {
    boolean written = gateway.recorder().writes();
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put("FunctionName", function).put("Payload", written ? payload.toString() : "");
    String machine = caller.get().name();
    switch (outcome) {
      case Outcome.Returned returned -> {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output
            .put("StatusCode", 200)
            .put("Payload", written ? String.valueOf(returned.payload()) : "");
        gateway.recorder().answered(machine, "lambda", "Invoke", input, output);
      }
      case Outcome.Threw threw ->
          gateway
              .recorder()
              .refused(machine, "lambda", "Invoke", input, threw.errorType(), threw.errorMessage());
    }
  }
}
