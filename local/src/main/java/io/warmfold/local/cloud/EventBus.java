package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.EventSink;
import io.warmfold.local.aws.FunctionHost;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import software.amazon.event.ruler.Machine;

/**
 * EventBridge: matches events against the rules of a stack with AWS's own matcher, and keeps its
 * schedules. Thread-safe.
 */
final class EventBus implements EventSink, AutoCloseable {

  private final Timeline timeline;
  private final Stack stack;
  private final FunctionHost functions;
  private final Function<ObjectNode, List<Duration>> deliveries;
  private final DeadLetters deadLetters;
  private final Consumer<Trouble> troubles;
  private final RandomGenerator random;
  private final Machine matcher = Machine.builder().build();
  private final Map<String, Stack.Rule> rules;
  private final Map<String, Timeline.Scheduled> ticks = new HashMap<>();
  private boolean closed;

  /**
   * A bus with the rules of a stack; {@link #startSchedules} starts its schedules.
   *
   * @param deliveries after which delays an event is delivered: once at once when all is well, not
   *     at all when it is lost, twice when it is doubled
   * @param deadLetters take what cannot be delivered
   * @param troubles is told of it; has to be quick and thread-safe
   * @param random decides ids of events; used on the timeline's thread
   * @throws TemplateException if a rule's pattern is wrong
   */
  EventBus(
      Timeline timeline,
      Stack stack,
      FunctionHost functions,
      Function<ObjectNode, List<Duration>> deliveries,
      DeadLetters deadLetters,
      Consumer<Trouble> troubles,
      RandomGenerator random) {
    this.timeline = timeline;
    this.stack = stack;
    this.functions = functions;
    this.deliveries = deliveries;
    this.deadLetters = deadLetters;
    this.troubles = troubles;
    this.random = random;
    this.rules =
        stack.rules().stream().collect(Collectors.toMap(Stack.Rule::name, Function.identity()));
    for (Stack.Rule rule : stack.rules()) {
      try {
        matcher.addRule(rule.name(), rule.pattern().toString());
      } catch (IOException e) {
        throw new TemplateException(
            "the rule " + rule.name(), "has a wrong pattern: " + e.getMessage());
      }
    }
  }

  @Override
  public void put(ObjectNode event) {
    ObjectNode sent = event.deepCopy();
    for (Duration delay : deliveries.apply(sent)) {
      timeline.after(delay, () -> deliver(sent));
    }
  }

  private void deliver(ObjectNode event) {
    List<String> matching;
    try {
      matching = matcher.rulesForJSONEvent(event.toString());
    } catch (Exception e) {
      throw new IllegalArgumentException("not an event: " + event, e);
    }
    matching.stream()
        .sorted()
        .map(rules::get)
        .forEach(rule -> invoke(rule.name(), rule.functionArn(), rule.deadLetters(), event));
  }

  private void invoke(String rule, String functionArn, Optional<String> queueArn, JsonNode event) {
    try {
      functions.invokeAsync(functionArn, event);
    } catch (IllegalArgumentException noSuchFunction) {
      queueArn.ifPresent(queue -> deadLetters.send(queue, event));
      troubles.accept(
          new Trouble.Undelivered(
              rule,
              functionArn.substring(functionArn.lastIndexOf(':') + 1),
              noSuchFunction.getMessage(),
              queueArn.map(DeadLetters::name)));
    }
  }

  /** Starts the schedules, each with its first tick after its interval. */
  synchronized void startSchedules() {
    stack.schedules().forEach(this::next);
  }

  private synchronized void next(Stack.Schedule schedule) {
    if (!closed) {
      ticks.put(schedule.name(), timeline.after(schedule.every(), () -> tick(schedule)));
    }
  }

  private void tick(Stack.Schedule schedule) {
    next(schedule);
    invoke(
        schedule.name(),
        schedule.functionArn(),
        schedule.deadLetters(),
        schedule.input().isMissingNode() ? event(schedule) : schedule.input());
  }

  private ObjectNode event(Stack.Schedule schedule) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0");
    event.put("id", RandomIds.uuid(random));
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.events");
    event.put("account", stack.account());
    event.put("time", timeline.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", stack.region());
    event
        .putArray("resources")
        .add(
            "arn:aws:events:"
                + stack.region()
                + ":"
                + stack.account()
                + ":rule/"
                + schedule.name());
    event.putObject("detail");
    return event;
  }

  /** Ends the schedules. */
  @Override
  public synchronized void close() {
    closed = true;
    ticks.values().forEach(Timeline.Scheduled::cancel);
  }
}
