package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Writes every AWS call of the functions and the state machine as a line of JSON: {@code time},
 * {@code function}, {@code service}, {@code operation}, {@code input} and {@code output} or {@code
 * error}. Whoever observes it hears of each call, whether it is written or not.
 *
 * <p>Services and inputs are as botocore knows them, so that its validator can be run over a
 * recording. Thread-safe.
 */
public final class Recorder implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final InstantSource clock;
  private final Optional<Writer> writer;
  private final CallObserver observer;

  private Recorder(InstantSource clock, Optional<Writer> writer, CallObserver observer) {
    this.clock = clock;
    this.writer = writer;
    this.observer = observer;
  }

  /** A recorder that records nothing. */
  public static Recorder none() {
    return new Recorder(
        InstantSource.system(), Optional.empty(), (caller, service, operation) -> {});
  }

  /** The same recorder, with somebody who hears of every call. */
  Recorder observedBy(CallObserver calls) {
    return new Recorder(clock, writer, calls);
  }

  /** Records into a file, which is made anew. */
  public static Recorder to(Path file, InstantSource clock) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new Recorder(
        clock, Optional.of(Files.newBufferedWriter(file)), (caller, service, operation) -> {});
  }

  /** Whether what is told to it is written; else only the names of calls matter. */
  boolean writes() {
    return writer.isPresent();
  }

  void answered(
      String function, String service, String operation, JsonNode input, JsonNode output) {
    observer.called(function, service, operation);
    if (writes()) {
      write(line(function, service, operation, input).set("output", output));
    }
  }

  void refused(
      String function,
      String service,
      String operation,
      JsonNode input,
      String code,
      String message) {
    observer.called(function, service, operation);
    if (writes()) {
      ObjectNode line = line(function, service, operation, input);
      line.putObject("error").put("Code", code).put("Message", message);
      write(line);
    }
  }

  private ObjectNode line(String function, String service, String operation, JsonNode input) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", clock.instant().toString());
    line.put("function", function);
    line.put("service", service);
    line.put("operation", operation);
    // Items of DynamoDB are the user's own; what is called a time there need not be one.
    line.set("input", service.equals("dynamodb") ? input : withReadableTimes(input));
    return line;
  }

  /** Times go over the wire as seconds since the epoch, which botocore's validator refuses. */
  private static JsonNode withReadableTimes(JsonNode node) {
    if (node.isArray()) {
      var copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> copy.add(withReadableTimes(item)));
      return copy;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    node.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              boolean time =
                  value.isNumber() && entry.getKey().matches(".*Time(After|Before|stamp)?");
              if (time) {
                copy.put(entry.getKey(), instant(value.decimalValue()).toString());
              } else {
                copy.set(entry.getKey(), withReadableTimes(value));
              }
            });
    return copy;
  }

  private static Instant instant(BigDecimal seconds) {
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
  }

  private void write(JsonNode line) {
    try {
      String text = JSON.writeValueAsString(line) + "\n";
      Writer to = writer.orElseThrow();
      synchronized (to) {
        to.write(text);
        to.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (writes()) {
      writer.get().close();
    }
  }
}
